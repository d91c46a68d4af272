from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The room `directory`."""

    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bind the machines; register what the workbench offers."""
        from directory import machines, registry

        machines.bind()
        registry.register()
