"""A small workshop in a folder, right in everything, for tests to spoil."""

from pathlib import Path

FILES = {
    "agenda/workshop.yaml": """\
id: small
title: 小さな研修
minutes: 30
resources: agenda/resources.yaml
segments:
  - id: opening
    title: はじめに
    minutes: 10
    at_least: 5
    slides: agenda/slides.md
  - id: work
    title: 事例
    minutes: 20
    cases: [cases/case1.yaml]
    steps:
      - {title: 個人, minutes: 5}
      - {title: グループ, minutes: 15}
""",
    "agenda/slides.md": """\
---
marp: true
---

# はじめに

本文

<!-- 話す -->

---

# つぎに

- 項目
""",
    "agenda/resources.yaml": """\
resources:
  - id: hw
    name: 公共職業安定所
    aliases: [職安, HW]
    field: 就労
  - id: shakyo
    name: 社会福祉協議会
    field: 地域
unsettled:
  - name: 協議会
    candidates: [shakyo]
""",
    "cases/case1.yaml": """\
id: case1
title: 事例1
profile:
  年齢: 48
question: 誰と連携しますか。
columns:
  - {id: name, title: 機関, kind: organisation}
  - {id: whom, title: 誰へ, kind: choice, choices: [本人, 家族]}
rehearsal:
  - {name: 職安, whom: 本人}
""",
}


def write(root: Path, **changed: str) -> Path:
    """Write the workshop, with whole files replaced by what `changed` says; its folder."""
    for name, text in {**FILES, **changed}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace the first `old` in a file of the workshop."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(root: Path, problems: "tuple[object, ...]") -> list[str]:
    """Problems as a person reads them, without the folder of the test."""
    return [str(problem).replace(f"{root}/", "") for problem in problems]
