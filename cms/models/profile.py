"""What the foot of every page must say of the site (国办发〔2017〕47号 and the filing rules)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteProfile(BaseSiteSetting):
    """The site's names and filing numbers. The defaults are placeholders, to be replaced before the first release."""

    name = models.CharField(_("name of the site"), max_length=80, default="塔拉科技计划与平台基地门户（演示）")
    domain = models.CharField(_("domain"), max_length=120, default="tala.example")
    id_code = models.CharField(_("site code"), max_length=10, default="0000000000")
    host = models.CharField(_("host body"), max_length=80, default="自治区科学技术厅（演示）")
    operator = models.CharField(_("operating body"), max_length=80, default="某某信息中心（演示）")
    icp_number = models.CharField(_("ICP filing"), max_length=60, default="示例ICP备00000000号")
    police_number = models.CharField(_("public security filing"), max_length=60, default="示例公网安备00000000000000号")
    address = models.CharField(_("address"), max_length=120, default="示例市示例路1号")
    phone = models.CharField(_("telephone"), max_length=60, default="0000-0000000")

    class Meta:
        verbose_name = _("names and numbers of the site")
