from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The room `directory`."""

    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"
