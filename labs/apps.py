from django.apps import AppConfig


class LabsConfig(AppConfig):
    """The room `labs`."""

    name = "labs"
    default_auto_field = "django.db.models.BigAutoField"
