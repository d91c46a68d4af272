from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The room `projects`."""

    name = "projects"
    default_auto_field = "django.db.models.BigAutoField"
