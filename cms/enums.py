"""Kinds of columns and of search documents, and the validity of policies."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ColumnType(TextChoices):
    """The kinds of columns of a government site, by the national list (国办发〔2017〕47号).

    The value is what the meta tag `ColumnType` must hold: Chinese, whatever the language of the page.
    """

    HOME = "首页", _("home page")
    OVERVIEW = "概况信息", _("overview")
    FUNCTIONS = "机构职能", _("functions of the body")
    LEADERS = "负责人信息", _("people in charge")
    NEWS = "工作动态", _("news of the work")
    POLICIES = "政策文件", _("policy documents")
    DISCLOSURE_GUIDE = "信息公开指南", _("guide to disclosure")
    DISCLOSURE_LIST = "信息公开目录", _("catalogue of disclosure")
    DISCLOSURE_REPORT = "信息公开年报", _("yearly report on disclosure")
    DISCLOSURE_REQUEST = "依法申请公开", _("disclosure on request")
    DATA_RELEASE = "数据发布", _("released figures")
    OPEN_DATA = "数据开放", _("open data")
    EXPLANATION = "政策解读", _("policies explained")
    RESPONSE = "回应关切", _("answers to concerns")
    SERVICE = "办事服务", _("services")
    QUESTIONS = "咨询投诉", _("questions and complaints")
    SURVEY = "征集调查", _("surveys")
    INTERVIEW = "在线访谈", _("interviews")


class Validity(TextChoices):
    """Whether a policy document is in force (有效性)."""

    IN_FORCE = "in_force", pgettext_lazy("policy", "in force")
    REPEALED = "repealed", pgettext_lazy("policy", "repealed")
    LAPSED = "lapsed", pgettext_lazy("policy", "lapsed")


class CallPhase(TextChoices):
    """What a reader sees of a call: it follows from its dates, not from its state alone."""

    PLANNED = "planned", pgettext_lazy("call", "not yet open")
    OPEN = "open", pgettext_lazy("call", "open")
    CLOSED = "closed", pgettext_lazy("call", "closed")
    ARCHIVED = "archived", pgettext_lazy("call", "archive")


class DocumentKind(TextChoices):
    """What a search document is about."""

    CALL = "call", _("calls")
    ARCHIVED_CALL = "archive", _("archive of calls")
    NOTICE = "notice", _("public notices")
    ARTICLE = "article", _("articles")
    POLICY = "policy", _("policies")
    FOCUS_AREA = "focus_area", _("focus areas")


class ProfileState(TextChoices):
    """Where a proposed change of the site's names and numbers stands."""

    PROPOSED = "proposed", pgettext_lazy("site profile", "to be approved")
    APPROVED = "approved", pgettext_lazy("site profile", "live")
    REFUSED = "refused", pgettext_lazy("site profile", "not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("site profile", "withdrawn")
