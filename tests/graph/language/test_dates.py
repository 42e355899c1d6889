"""Dates as people write them, in two calendars."""

from __future__ import annotations

import datetime as dt

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from citydiplomacy.graph.language.calendars import SOLAR, SOLAR_YEARS, from_solar, solar_length
from citydiplomacy.graph.language.calendars import solar as solar_day_of
from citydiplomacy.graph.language.date_words import bounded, format_date
from citydiplomacy.graph.language.dates import from_edtf, marked, parse_date

SOLAR_1392 = "2013-03-21/2014-03-20"


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        # as they are
        ("2014", "2014"),
        ("2014-02-27", "2014-02-27"),
        ("2014/02/27", "2014-02-27"),
        ("2004~", "2004~"),
        ("2004?", "2004?"),
        ("2004%", "2004%"),
        ("199X", "199X"),
        ("2014-XX", "2014-XX"),
        ("2014-21", "2014-21"),
        ("2013-03/2013-04", "2013-03/2013-04"),
        ("/1979-02-11", "/1979-02-11"),
        ("../1979", "../1979"),
        ("2014/..", "2014/.."),
        ("2014/", "2014/"),
        # Solar Hijri
        ("1392 SH", SOLAR_1392),
        ("۱۳۹۲ ه‍.ش", SOLAR_1392),
        ("١٣٩٢ ش", SOLAR_1392),
        ("سال ۱۳۹۲", SOLAR_1392),
        ("1392 شمسی", SOLAR_1392),
        ("1394-10-18 SH", "2016-01-08"),
        ("1394/10/18 SH", "2016-01-08"),
        ("۱۸ دی ۱۳۹۴", "2016-01-08"),
        ("۱۸ دی‌ماه سال ۱۳۹۴", "2016-01-08"),
        ("18 Dey 1394", "2016-01-08"),
        ("1394-10 SH", "2015-12-22/2016-01-20"),
        ("دی ۱۳۹۴", "2015-12-22/2016-01-20"),
        ("1391-12-30 SH", "2013-03-20"),
        ("first half of 1394 SH", "2015-03-21/2015-09-22"),
        ("نیمهٔ اول ۱۳۹۴", "2015-03-21/2015-09-22"),
        ("۶ ماهه اول ۱۳۹۴", "2015-03-21/2015-09-22"),
        ("شش ماههٔ نخست ۱۳۹۴", "2015-03-21/2015-09-22"),
        ("second half of 1394 SH", "2015-09-23/2016-03-19"),
        ("until the end of 1392 SH", "/2014-03-20"),
        ("تا پایان سال ۱۳۹۲", "/2014-03-20"),
        ("1380s SH", "2001-03-21/2011-03-20"),
        ("دههٔ ۱۳۸۰", "2001-03-21/2011-03-20"),
        ("early 1380s SH", "2001~/2005~"),
        ("اوایل دهه ۱۳۸۰", "2001~/2005~"),
        ("about 1392 SH", "2013~/2014~"),
        ("1380 to 1385 SH", "2001-03-21/2007-03-20"),
        ("1380-1385 SH", "2001-03-21/2007-03-20"),
        ("1392/1394 SH", "2013-03-21/2016-03-19"),
        ("از ۱۳۸۰ تا ۱۳۸۵", "2001-03-21/2007-03-20"),
        # English words
        ("27 Feb 2014", "2014-02-27"),
        ("27th of February 2014", "2014-02-27"),
        ("Feb 27, 2014", "2014-02-27"),
        ("Sept. 2014", "2014-09"),
        ("about 2015", "2015~"),
        ("before 1979", "/1978-12-31"),
        ("after 2014", "2015-01-01/.."),
        ("since 2014", "2014/.."),
        ("until 2014", "/2014"),
        ("from 2004 to 2010", "2004/2010"),
        ("2004–2010", "2004/2010"),
        ("1990s", "199X"),
        ("early 1990s", "1990~/1993~"),
        # Gregorian in Persian, and marked
        ("۲۷ فوریهٔ ۲۰۱۴", "2014-02-27"),
        ("۲۰۱۴ م", "2014"),
        ("۲۰۱۴ میلادی", "2014"),
        ("1300 AD", "1300"),
        ("۱۳۸۰–۱۳۸۵", "2001-03-21/2007-03-20"),
        ("۱۳۹۲", "2013-03-21/2014-03-20"),
        ("۲۰۰۶–۲۰۱۰", "2006/2010"),
        ("۱۳۸۰-۸۵", "2001-03-21/2007-03-20"),
        ("1998-2003", "1998/2003"),
        ("1955-58", "1955/1958"),
        ("پاییز ۱۳۹۲", "2013-09-23/2013-12-21"),
        ("winter 1392 SH", "2013-12-22/2014-03-20"),
        ("بهار ۲۰۱۴", "2014-21"),
        ("Spring of 2014", "2014-21"),
        ("2014 fall", "2014-23"),
        ("Q3 2014", "2014-07/2014-09"),
        ("2014-Q1", "2014-01/2014-03"),
        ("the third quarter of 2014", "2014-07/2014-09"),
        ("سه‌ماههٔ سوم ۱۳۹۲", "2013-09-23/2013-12-21"),
        ("سه ماهه اول ۲۰۱۴", "2014-01/2014-03"),
        ("2006-03-01T00:00:00.000", "2006-03-01"),
        ("2006-03-01 12:30:00+02:00", "2006-03-01"),
        ("01.03.2006", "2006-03-01"),
        ("1994.04.03", "1994-04-03"),
        ("12. März 2006", "2006-03-12"),
        ("1er juin 2001", "2001-06-01"),
        ("8 de octubre de 1960", "1960-10-08"),
        ("1º de março de 1990", "1990-03-01"),
        ("12 апреля 1957 г.", "1957-04-12"),
        ("15 MAYIS 1997", "1997-05-15"),
        ("1 lipca 1990", "1990-07-01"),
        ("٣ تشرين الأول ١٩٩٢", "1992-10-03"),
        ("15 مارس 1992", "1992-03-15"),
        ("8 Dez. 2011", "2011-12-08"),
        ("昭和34年11月17日", "1959-11-17"),
        ("令和元年5月", "2019-05"),
        ("3 févr. 2001", "2001-02-03"),
    ],
)
def test_reads(written: str, edtf: str) -> None:
    assert parse_date(written).edtf == edtf


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("1392", SOLAR_1392),
        ("1394/10/18", "2016-01-08"),
        ("1394/10", "2015-12-22/2016-01-20"),
        ("first half of 1394", "2015-03-21/2015-09-22"),
        ("until the end of 1392", "/2014-03-20"),
        ("2014", "2014"),
        ("1300 AD", "1300"),
        ("27 Feb 2014", "2014-02-27"),
    ],
)
def test_reads_in_a_source_of_solar_hijri(written: str, edtf: str) -> None:
    assert parse_date(written, calendar=SOLAR).edtf == edtf


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1392", "1392 SH"),
        ("1394/10/18", "may be Gregorian or Solar Hijri"),
        ("1380-1385", "may be Gregorian or Solar Hijri"),
        ("139X", "may be Gregorian or Solar Hijri"),
        ("1392/13/40 SH", "no such month"),
        ("1392-12-30 SH", "Esfand 1392 has 29 days"),
        ("31 مهر ۱۳۹۲", "Mehr 1392 has 30 days"),
        ("2015-02-30", "2015-02-30"),
        ("30 Feb 2015", "2015-02-30"),
        ("2014-13", "2014-13"),
        ("2010-99", "no such month: 99; for years that far apart write '2010/2099'"),
        ("2010/99", "no such month: 99"),
        ("2014 SH", "not a Solar Hijri year"),
        ("27 Feb 1394 SH", "not a month of the solar-hijri calendar"),
        ("1435 AH", "lunar"),
        ("2014/02", "2014-02"),
        ("2014/2013", "ends before it begins"),
        ("../..", "open on both sides"),
        ("27 Foo 2014", "not a month"),
        ("9999~", "9999~"),
        ("0000", "0000"),
        ("soon", "not a date"),
        ("", "empty"),
    ],
)
def test_refuses_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_date(written)


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="gregorian or solar-hijri"):
        parse_date("2014", calendar="julian")


def test_first_and_last_day() -> None:
    assert (parse_date("2014-02").earliest, parse_date("2014-02").latest) == (dt.date(2014, 2, 1), dt.date(2014, 2, 28))
    assert (parse_date("2004~").earliest, parse_date("2004~").latest) == (dt.date(2003, 1, 1), dt.date(2005, 12, 31))
    assert (parse_date("/1979-02-11").earliest, parse_date("2014/..").latest) == (None, None)
    assert parse_date("2004~").contains(parse_date("2004"))
    assert not parse_date("2004").contains(parse_date("1392 SH"))


def test_keeps_the_words_of_the_source() -> None:
    assert parse_date("1392 SH").original == "1392"
    assert parse_date("۱۸ دی ۱۳۹۴").original == "۱۸ دی ۱۳۹۴"
    assert parse_date("2014").original == ""


@pytest.mark.parametrize(
    ("written", "english", "persian"),
    [
        ("1392 SH", "between 21 March 2013 and 20 March 2014", "۱۳۹۲"),
        ("first half of 1394 SH", "between 21 March and 22 September 2015", "نیمهٔ اول ۱۳۹۴"),
        ("Dey 1394", "between 22 December 2015 and 20 January 2016", "دی ۱۳۹۴"),
        ("1394-10-18 SH", "8 January 2016", "۱۸ دی ۱۳۹۴"),
        ("1380s SH", "between 21 March 2001 and 20 March 2011", "دههٔ ۱۳۸۰"),
        ("until the end of 1392 SH", "until 20 March 2014", "تا پایان ۱۳۹۲"),
        ("until the end of 1391 SH", "until 20 March 2013", "تا پایان ۱۳۹۱"),
        ("1391 SH", "between 20 March 2012 and 20 March 2013", "۱۳۹۱"),
        ("since 1392 SH", "since 21 March 2013", "از ۱۳۹۲"),
        ("2014", "2014", "۲۰۱۴ م"),
        ("2014-02", "February 2014", "فوریهٔ ۲۰۱۴ م"),
        ("2014-02-27", "27 February 2014", "۸ اسفند ۱۳۹۲"),
        ("1600-02-03", "3 February 1600", "۳ فوریهٔ ۱۶۰۰ م"),
        ("before 1979", "before 1979", "پیش از ۱۹۷۹ م"),
        ("/1979-02-11", "until 11 February 1979", "تا ۲۲ بهمن ۱۳۵۷"),
        ("2004~", "about 2004", "حدود ۲۰۰۴ م"),
        ("2004?", "2004?", "۲۰۰۴؟ م"),
        ("199X", "1990s", "دههٔ ۱۹۹۰ م"),
        ("2014-21", "spring 2014", "بهار ۲۰۱۴ م"),
        ("2004/2010", "between 2004 and 2010", "بین ۲۰۰۴ و ۲۰۱۰ م"),
        ("19-20 November 2008", "between 19 and 20 November 2008", "بین ۲۹ و ۳۰ آبان ۱۳۸۷"),
        ("۲۹ تا ۳۰ آبان ۱۳۸۷", "between 19 and 20 November 2008", "بین ۲۹ و ۳۰ آبان ۱۳۸۷"),
        ("5 March – 5 April 2014", "between 5 March and 5 April 2014", "بین ۱۴ اسفند ۱۳۹۲ و ۱۶ فروردین ۱۳۹۳"),
        ("February–March 2014", "between February and March 2014", "بین فوریه و مارس ۲۰۱۴ م"),
        ("spring to autumn 2014", "between spring and autumn 2014", "بین بهار و پاییز ۲۰۱۴ م"),
        ("19-Nov-2008", "19 November 2008", "۲۹ آبان ۱۳۸۷"),
        ("Nov-2008", "November 2008", "نوامبر ۲۰۰۸ م"),
    ],
)
def test_writes(written: str, english: str, persian: str) -> None:
    date = parse_date(written)
    assert (format_date(date, "en"), format_date(date, "fa")) == (english, persian)


@pytest.mark.parametrize(
    ("written", "since", "until"),
    [
        ("2004", "since 2004", "تا ۲۰۰۴ م"),
        ("/1979-02-11", "since some time until 11 February 1979", "تا ۲۲ بهمن ۱۳۵۷"),
        ("before 1979", "since some time before 1979", "تا زمانی پیش از ۱۹۷۹ م"),
        ("since 2014", "since 2014", "تا زمانی از ۲۰۱۴ م"),
        ("2004/2010", "since some time between 2004 and 2010", "تا زمانی بین ۲۰۰۴ و ۲۰۱۰ م"),
    ],
)
def test_a_bound_says_its_word_once(written: str, since: str, until: str) -> None:
    date = parse_date(written)
    assert (bounded("since", date, "en"), bounded("تا", date, "fa")) == (since, until)


days = st.dates(dt.date(1600, 1, 1), dt.date(2200, 12, 31))
solar_days = st.dates(dt.date(1883, 3, 21), dt.date(2122, 3, 20)).map(JalaliDate)
precisions = st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"])
points = st.builds(
    lambda day, form, sign: day.strftime(form) + sign, days, precisions, st.sampled_from(["", "~", "?", "%"])
)
plain = st.builds(lambda day, form: day.strftime(form), days, precisions)
intervals = st.builds(lambda a, b: "/".join(sorted((a, b))), plain, plain)
solar = st.builds(lambda day, form: day.strftime(form) + " SH", solar_days, precisions)
dates = points | intervals | solar | points.map("/{}".format) | points.map("{}/..".format)


@given(dates)
def test_what_is_written_is_read_again(written: str) -> None:
    edtf = parse_date(written).edtf
    date = parse_date(edtf)
    assert date.edtf == edtf
    assert parse_date(format_date(date, "en")).edtf == edtf
    assert parse_date(format_date(date, "fa"), calendar=SOLAR).edtf == edtf


@given(dates)
def test_bounds_are_in_order_and_those_of_the_edtf(written: str) -> None:
    date = parse_date(written)
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest
    again = parse_date(date.edtf)
    assert (again.earliest, again.latest) == (date.earliest, date.latest)
    assert date.contains(again)


@given(points)
def test_bounds_are_those_of_the_edtf_library(written: str) -> None:
    date, reference = parse_date(f"{written} AD"), parse_edtf(written)
    assert date.earliest == dt.date(*reference.lower_fuzzy()[:3])
    assert date.latest == dt.date(*reference.upper_fuzzy()[:3])


@given(solar_days)
def test_days_lie_in_their_month_half_and_year(day: JalaliDate) -> None:
    whole = parse_date(f"{day.year} SH")
    half = parse_date(f"{'first' if day.month <= 6 else 'second'} half of {day.year} SH")
    month = parse_date(f"{day.year}-{day.month:02} SH")
    exact = parse_date(day.strftime("%Y-%m-%d") + " SH")
    assert exact.earliest == exact.latest == day.to_gregorian()
    assert whole.contains(half)
    assert half.contains(month)
    assert month.contains(exact)


@given(st.sampled_from(SOLAR_YEARS))
def test_years_of_solar_hijri_follow_one_another(year: int) -> None:
    last = parse_date(f"{year} SH").latest
    assert last is not None
    assert JalaliDate(last).year == year
    assert JalaliDate(last + dt.timedelta(1)) == JalaliDate(year + 1, 1, 1)


def test_solar_days_are_those_of_the_library() -> None:
    for number in range(dt.date(1568, 3, 21).toordinal(), dt.date(2123, 3, 20).toordinal()):
        day = dt.date.fromordinal(number)
        there = JalaliDate(day)
        assert solar_day_of(day) == (there.year, there.month, there.day)
        assert from_solar(*solar_day_of(day)) == day
    for year in SOLAR_YEARS:
        assert [solar_length(year, month) for month in range(1, 13)] == [
            JalaliDate.days_in_month(month, year) for month in range(1, 13)
        ]


pieces = st.sampled_from(
    ("1392", "2014", "99", "30", "6", "0", "-", "/", "–", "..", "~", "?", "X", "s", "SH", "AD", "م", "ش", "Dey", "Feb")
) | st.sampled_from(
    ("تا", "از", "دی", "نیمه", "اول", "دهه", "ماهه", "half", "first", "of", "until", "before", "about", "and")
)


@given(
    st.text() | st.lists(pieces).map(" ".join) | st.lists(pieces).map("".join), st.sampled_from(["gregorian", SOLAR])
)
def test_anything_else_is_a_value_error(written: str, calendar: str) -> None:
    try:
        date = parse_date(written, calendar=calendar)
    except ValueError:
        return
    assert format_date(date, "en")
    assert format_date(date, "fa")
    assert parse_date(marked(date.edtf)).earliest == date.earliest


END = r"(\.\.|(0000|13[0-9]{2}|14[0-9]{2}|20[0-9]{2})(-[0-4][0-9]){0,2}[~?%]?)?"


@given(st.from_regex(rf"{END}(/{END})?", fullmatch=True))
def test_a_plain_date_is_read_without_patterns_as_with_them(edtf: str) -> None:
    try:
        read = parse_date(marked(edtf))
        expected = (read.edtf, read.earliest, read.latest, "") if read.edtf == edtf else None
    except ValueError:
        expected = None
    try:
        found = from_edtf(edtf)
    except ValueError:
        assert expected is None
    else:
        assert (found.edtf, found.earliest, found.latest, found.original) == expected
