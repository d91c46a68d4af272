from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    """The room `experts`."""

    name = "experts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bind the machines to their models, then register what hangs on them."""
        from experts import machines, registry, tasks  # noqa: F401 - tasks register the periodic jobs

        machines.bind()
        registry.register()
