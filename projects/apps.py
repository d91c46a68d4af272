from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The room `projects`."""

    name = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bind the machines to their models."""
        from projects import machines

        machines.bind()
