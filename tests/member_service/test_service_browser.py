"""The claim page in a real browser, as large as a phone, without a script in the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import EXECUTABLE, Browser
from service_rig import ServiceRig, SignedBox, running_service

pytestmark = pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine")

THUMB = 44  # CSS pixels; the least that WCAG 2.2 (2.5.5) wants of a target


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceRig]:
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="module")
def shop(service: ServiceRig) -> SignedBox:
    return service.enrol()


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def address(box: SignedBox, number: int) -> str:
    """As a QR code spells it: in upper case."""
    return f"{box.rig.url.upper()}/C/{box.token(number)}"


def test_a_shopper_scans_types_a_number_and_has_the_points(shop: SignedBox, phone: Browser) -> None:
    phone.speak("en-US")
    phone.open(address(shop, 1))
    assert "Corner Shop" in phone.text()
    assert "+6 points" in phone.text()
    phone.fill("#phone", "138 0013 8000")
    phone.press("button")
    assert "Points added" in phone.text()
    assert "138****8000" in phone.text()
    phone.open(address(shop, 1))
    assert "Already claimed" in phone.text()


def test_a_shopper_who_reads_chinese_corrects_a_number(shop: SignedBox, phone: Browser) -> None:
    phone.speak("zh-CN")
    phone.open(address(shop, 2))
    phone.fill("#phone", "1380013")
    phone.press("button")
    assert "请检查手机号" in phone.text()
    assert phone.run("document.activeElement.id") == "phone"
    phone.run("document.querySelector('#phone').value = ''")
    phone.fill("#phone", "13800138001")
    phone.press("button")
    assert "积分已到账" in phone.text()


def test_the_switch_changes_the_language_and_keeps_it(shop: SignedBox, phone: Browser) -> None:
    phone.speak("zh-CN")
    phone.open(address(shop, 3))
    phone.press("header a")
    assert "Mobile number" in phone.text()
    phone.fill("#phone", "13800138000")
    phone.press("button")
    assert "Points added" in phone.text()


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_is_let_through_by_the_pages_own_policy(
    shop: SignedBox, phone: Browser, dark: bool
) -> None:
    phone.speak("en", dark=dark)
    phone.open(address(shop, 4))
    ground = phone.run("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(16, 20, 18)" if dark else "rgb(239, 236, 229)")


def test_nothing_is_wider_than_the_phone_and_all_is_large_enough_for_a_thumb(
    shop: SignedBox, phone: Browser
) -> None:
    phone.speak("en")
    for url in (address(shop, 4), shop.rig.url, f"{shop.rig.url}/C/FORGED"):
        phone.open(url)
        assert phone.run("document.documentElement.scrollWidth") <= 390
        small = phone.run(
            "[...document.querySelectorAll('a, button, input:not([type=hidden])')]"
            f".filter(it => it.getBoundingClientRect().height < {THUMB}).map(it => it.outerHTML)"
        )
        assert small == []


def test_button_and_field_are_seen_without_scrolling(shop: SignedBox, phone: Browser) -> None:
    phone.speak("zh-CN")
    phone.open(address(shop, 4))
    assert phone.run("document.querySelector('button').getBoundingClientRect().bottom") < 560


def test_every_field_has_a_label_that_says_what_it_is(shop: SignedBox, phone: Browser) -> None:
    for url in (address(shop, 4), shop.rig.url):
        phone.open(url)
        labels = phone.run(
            "[...document.querySelectorAll('input:not([type=hidden])')].map(it => it.labels[0].innerText.trim())"
        )
        assert all(labels)
        assert len(labels) == 1


def test_a_forged_address_is_explained(shop: SignedBox, phone: Browser) -> None:
    phone.speak("en")
    forged = shop.token(5)
    phone.open(f"{shop.rig.url}/C/{forged[:-1]}{'A' if forged[-1] != 'A' else 'B'}")
    assert "This code is not valid" in phone.text()
    phone.press(".aside a")
    assert "Code on your receipt" in phone.text()
