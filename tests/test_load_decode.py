"""Bytes to text, and which encoding was assumed."""

from __future__ import annotations

import codecs

import pytest

from checker.load.decode import decode
from checker.load.reading import Unusable

POLISH = "Wójt ogłosił w środę, że most będzie zamknięty. Źródło podało inną liczbę. "
RUSSIAN = "Правительство сообщило в понедельник, что число жертв выросло до двенадцати."


def test_utf_8_is_assumed_silently():
    assert decode("Käse\r\n".encode()) == ("Käse\r\n", None)


def test_the_mark_of_utf_8_is_no_part_of_the_text():
    assert decode(codecs.BOM_UTF8 + "Käse".encode()) == ("Käse", None)


@pytest.mark.parametrize(
    ("mark", "codec", "said"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(mark: bytes, codec: str, said: str):
    assert ("Käse", said) == decode(mark + "Käse".encode(codec))


def test_a_mark_that_does_not_fit_the_rest_is_refused():
    with pytest.raises(Unusable, match="begins with the mark of UTF-8 but is not valid"):
        decode(codecs.BOM_UTF8 + b"K\xe4se")


@pytest.mark.parametrize(
    ("declared", "codec", "said"),
    [
        ("iso-8859-2", "iso8859-2", "iso8859-2"),
        ("windows-1250", "cp1250", "cp1250"),
        ("'windows-1250'", "cp1250", "cp1250"),
    ],
)
def test_what_a_page_declares_is_believed(declared: str, codec: str, said: str):
    text = f"<meta charset={declared}><p>{POLISH}"

    assert (text, said) == decode(text.encode(codec), is_html=True)


def test_latin_1_is_read_as_browsers_read_it():
    # 0x93 and 0x94 are quotation marks in windows-1252 and controls in ISO 8859-1.
    data = b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>\x93Caf\xe9\x94'

    text, encoding = decode(data, is_html=True)

    assert (text[-6:], encoding) == ("“Café”", "cp1252")


def test_utf_8_comes_before_what_a_page_declares():
    text = "<meta charset=iso-8859-1><p>Café"

    assert (text, None) == decode(text.encode(), is_html=True)


@pytest.mark.parametrize("name", ["utf-7", "idna", "unicode_escape", "rot13", "no-such"])
def test_an_unknown_declaration_is_not_believed(name: str):
    data = f"<meta charset={name}><p>".encode() + RUSSIAN.encode("cp1251")

    assert decode(data, is_html=True)[1] == "cp1251"


def test_a_declaration_that_does_not_fit_is_not_believed():
    data = b"<meta charset=shift_jis><p>" + RUSSIAN.encode("koi8-r")

    assert decode(data, is_html=True)[1] == "koi8_r"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("The café on Main Street reopened on Monday, its owner said.", "cp1252"),
        (
            "El presidente anunció el lunes que la situación mejorará en los próximos años, según España.",
            "cp1252",
        ),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        ("Νέα κυβέρνηση ανακοίνωσε τη Δευτέρα ότι πολλοί πολίτες των νησιών έμειναν χωρίς νερό.", "cp1253"),
        ("政府は月曜日、死者数が十二人に増えたと発表した。救助隊は捜索を続けている。", "shift_jis"),
        ("政府周一宣布死亡人数上升至十二人。救援人员仍在搜索废墟。", "gb18030"),
    ],
)
def test_other_encodings_are_detected(text: str, codec: str):
    assert (text, codec) == decode(text.encode(codec))


def test_bytes_that_fit_no_encoding_are_refused():
    with pytest.raises(Unusable, match="encoding cannot be told"):
        decode(bytes(range(128, 256)) * 4)


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\0b", "a\0b".encode("utf-16"), b"\x01\x02ab", b"\x1b" * 9])
def test_binary_data_is_refused(data: bytes):
    with pytest.raises(Unusable, match="binary"):
        decode(data)


def test_one_control_character_in_ten_is_still_text():
    assert decode(b"123456789\x1b")[0] == "123456789\x1b"


def test_tabs_form_feeds_and_line_ends_are_no_control_characters():
    assert decode(b"\ta\r\n\f\v")[0] == "\ta\r\n\f\v"


@pytest.mark.parametrize("data", [b"", b" \n", codecs.BOM_UTF8, "\u3000".encode(), codecs.BOM_UTF16_LE])
def test_a_blank_file_is_empty(data: bytes):
    with pytest.raises(Unusable, match="empty"):
        decode(data)
