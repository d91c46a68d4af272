from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The room `cms`."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"
