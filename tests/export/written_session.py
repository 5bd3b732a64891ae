"""A small evening in Japanese, and sessions whose rows hold whatever a person may type."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command
from shuro_tui.core.group import Group
from shuro_tui.core.model import (
    MINUTE,
    Case,
    Catalogue,
    Column,
    Fact,
    Millis,
    Resource,
    Round,
    Segment,
    Slide,
    Step,
    Unsettled,
    Workshop,
)
from shuro_tui.core.session import Session, apply, decide
from shuro_tui.core.sheet import Row, Sheet

START = Millis(1_700_000_000_000)
KEY = "a-key-that-nobody-may-read"
GROUPS = (Group("g1", "1班"), Group("g2", "2班"), Group("g3", "3班"))

_COLUMNS = (
    Column("organisation", "連携機関名", "organisation"),
    Column("content", "連携内容", "text"),
    Column("whom", "誰への支援か", "choice", ("本人", "家族")),
)


def workshop() -> Workshop:
    """A workshop of three segments, with steps, slides that may be left out and a round, and two cases."""
    return Workshop(
        id="small",
        title="地域の就労支援機関と役割",
        language="ja",
        course="技術向上研修 基礎",
        segments=(
            Segment("talk", "講義", Millis(10 * MINUTE), Millis(5 * MINUTE), (Slide("一", ()), Slide("二", ()))),
            Segment(
                "work",
                "事例",
                Millis(20 * MINUTE),
                Millis(9 * MINUTE),
                (Slide("三", ()),),
                cases=("a", "b"),
                steps=(Step("個人", Millis(5 * MINUTE)), Step("グループ", Millis(15 * MINUTE))),
            ),
            Segment(
                "end",
                "まとめ",
                Millis(5 * MINUTE),
                Millis(2 * MINUTE),
                (Slide("四", ()), Slide("五", (), planned=MINUTE, optional=True)),
                round=Round(3, MINUTE, Millis(0)),
            ),
        ),
        cases=(
            Case("a", "事例1 Aさん", (Fact("年齢", "48歳"),), "…", "どの機関とどう連携しますか。", _COLUMNS),
            Case("b", "事例2", (), "…", "どの機関とどう連携しますか。", _COLUMNS[:2]),
        ),
        catalogue=Catalogue(
            (
                Resource("hw", "公共職業安定所", "こうきょう", "就労", "", "", ("ハローワーク",)),
                Resource("pol", "障害者就業・生活支援センター", "しょうがい", "就労", "", "", ("なかぽつ",)),
                Resource("hkk", "地域包括支援センター", "ちいき", "地域", "", "", ("地域包括",)),
                Resource("kango", "訪問看護ステーション", "ほうもん", "医療", "", "", ("訪看",)),
            ),
            (Unsettled("支援センター", ("pol", "hkk")),),
        ),
    )


def new_session() -> Session:
    """A session that has not begun."""
    return Session.new("evening", workshop(), GROUPS, {group.id: KEY for group in GROUPS}, START)


def after(session: Session, steps: Sequence[tuple[int, str | None, Command]]) -> Session:
    """The session after what was asked for: minute, group (None: the facilitator), command."""
    for minute, group, command in steps:
        for event in decide(session, command, Millis(START + minute * MINUTE), group):
            session = apply(session, event)
    return session


def evening() -> Session:
    """Two groups write, one leaves its sheet blank; with questions, a pause, a later end and plans to keep it."""

    def row(case: str, row_id: str, *texts: str) -> ask.WriteRow:
        return ask.WriteRow(case, row_id, dict(zip(("organisation", "content", "whom"), texts, strict=False)))

    return after(
        new_session(),
        [
            (0, None, ask.Start()),
            (3, None, ask.GoTo(0, 1)),
            (4, None, ask.Interrupt("question")),
            (6, None, ask.Interrupt("equipment")),
            (7, None, ask.EndInterruption()),
            (12, None, ask.GoTo(1)),
            (14, "g1", row("a", "r1", "ハローワーク", "専門窓口での職業相談\n求人の開拓", "本人")),
            (15, "g2", row("a", "r1", "公共職業安定所", "トライアル雇用", "本人")),
            (16, "g2", row("a", "r2", "地域包括", "母の介護の相談", "家族")),
            (17, "g1", row("a", "r2", "支援センター", "", "")),
            (18, "g2", row("b", "r3", "近所の喫茶店 | *夢*", "居場所 <b>")),
            (19, "g1", ask.Submit("a")),
            (20, None, ask.GoToStep(1)),
            (22, None, ask.Pause()),
            (23, None, ask.Resume()),
            (24, None, ask.MoveEnd(MINUTE)),
            (30, None, ask.Replan("skip", ((2, 1),))),
            (30, None, ask.Replan("fewer", (), {2: 2})),
            (31, None, ask.GoTo(2)),
            (31, None, ask.Reveal("a")),
            (32, None, ask.Interrupt("question")),
            (36, None, ask.Finish()),
        ],
    )


def typed(rows: Sequence[Mapping[str, str]], group_name: str = "1班") -> Session:
    """A session in which the first group wrote these rows for the first case."""
    session = replace(new_session(), groups=(Group("g1", group_name), *GROUPS[1:]))
    written = tuple(Row(f"r{number}", dict(fields), START) for number, fields in enumerate(rows))
    return replace(session, sheets={("a", "g1"): Sheet("a", "g1", written)})
