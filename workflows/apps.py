from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """The room `workflows`."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what the rooms register with this one: effects, jobs and invariants."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("tasks", "invariants")
        from workflows import navigation
        from workflows.places import ENTRIES

        navigation.register(*ENTRIES)
