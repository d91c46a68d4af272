from cms.models.approval import SecondPersonTask
from cms.models.pages import ArticlePage, ColumnPage, HomePage, PolicyPage
from cms.models.profile import ProfileChange, SiteProfile
from cms.models.records import CallPage, FocusAreaPage, NoticePage
from cms.models.search import SearchDocument

__all__ = [
    "ArticlePage",
    "CallPage",
    "ColumnPage",
    "FocusAreaPage",
    "HomePage",
    "NoticePage",
    "PolicyPage",
    "ProfileChange",
    "SearchDocument",
    "SecondPersonTask",
    "SiteProfile",
]
