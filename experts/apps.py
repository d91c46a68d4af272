from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    """The room `experts`."""

    name = "experts"
    default_auto_field = "django.db.models.BigAutoField"
