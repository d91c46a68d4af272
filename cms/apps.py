from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The room `cms`."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bind the machine, register the effects, give the public navigation its columns."""
        from cms import (
            invariants,  # noqa: F401 - its import registers the invariants
            machines,
            receivers,
            registry,
            tasks,  # noqa: F401 - its import registers the effects
        )
        from cms.queries.columns import main_columns
        from workflows.navigation import register_columns

        machines.bind()
        registry.register()
        register_columns(main_columns)
        receivers.connect(self)
