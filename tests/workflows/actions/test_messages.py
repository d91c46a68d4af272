from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import gettext_lazy as _
from pytest_django import DjangoAssertNumQueries

from directory.models import User
from workflows.actions.messages import tell
from workflows.mail import message_id
from workflows.models import Message, OutboxMessage
from workflows.relay import run_once
from workflows.tasks import send_mail

pytestmark = pytest.mark.django_db


def test_people_are_told_once_in_their_own_language(user: User) -> None:
    english = User.objects.create_user("english@example.org", language="en")
    for _again in range(2):
        tell(to_users=[user, english, user], key="k", title=_("Yes"), body="b", url="/bench/")

    assert list(Message.objects.order_by("pk").values_list("to", "title")) == [(user.pk, "是"), (english.pk, "Yes")]
    run_once()
    assert [(m.to, m.subject) for m in mail.outbox] == [([user.email], "是"), (["english@example.org"], "Yes")]
    assert mail.outbox[0].extra_headers == {"Message-ID": message_id(f"mail:k:{user.pk}")}
    assert mail.outbox[0].body.endswith("http://127.0.0.1:8000/bench/")


def test_a_mail_is_not_sent_twice_nor_to_who_was_locked_out(user: User) -> None:
    (message,) = tell(to_users=[user], key="k", title="t")
    locked = User.objects.create_user("locked@example.org", is_active=False)
    tell(to_users=[locked], key="k", title="t")
    run_once()
    send_mail("mail:k", {"message": message.pk})

    assert [m.to for m in mail.outbox] == [[user.email]]


def test_a_title_with_line_breaks_makes_no_header(user: User) -> None:
    tell(to_users=[user], key="k", title="论文\r\nBcc: all@example.org")
    run_once()

    (sent,) = mail.outbox
    assert sent.subject == "论文 Bcc: all@example.org"
    assert sent.recipients() == [user.email]
    assert OutboxMessage.objects.get().state == "done"


def test_the_page_shows_only_ones_own_messages_and_marks_them_read(
    user: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    other = User.objects.create_user("other@example.org")
    (foreign,) = tell(to_users=[other], key="k", title="别人的秘密")
    for number in range(3):
        tell(to_users=[user], key=f"k{number}", title=f"消息{number}", url="/bench/")
    client.force_login(user)

    with django_assert_max_num_queries(15):
        page = client.get("/bench/messages/").content.decode()
    assert "消息2" in page
    assert "别人的秘密" not in page
    assert client.post(f"/bench/messages/{foreign.pk}/").status_code == 404
    own = Message.objects.filter(to=user)
    assert client.post(f"/bench/messages/{own[0].pk}/").headers["Location"] == "/bench/"
    assert own.filter(read_at=None).count() == 2
    client.post("/bench/messages/")
    assert own.filter(read_at=None).count() == 0
    assert Message.objects.get(pk=foreign.pk).read_at is None
