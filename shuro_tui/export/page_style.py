"""How the report looks: black on white, on A4, for a printer without colours. Browsers and WeasyPrint read it alike."""

STYLE = """
@page { size: A4; margin: 15mm 15mm 18mm;
        @bottom-center { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@page across { size: A4 landscape; }
:root { color-scheme: light; }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { font-family: "Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", "Noto Sans JP", system-ui, sans-serif;
       line-height: 1.6; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff;
       word-break: keep-all; overflow-wrap: anywhere; line-break: strict; }
h1, h2, h3 { line-height: 1.35; break-after: avoid; }
h1 { margin: 0 0 .3em; }
h2 { border-bottom: 2px solid #111; margin-top: 2.5rem; }
p { margin: 0 0 .5em; }
a { color: #111; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: #fff; border: 2px solid #111; }
dl { display: grid; grid-template-columns: 7em 1fr; gap: .2em 1em; margin: 1rem 0; }
dt { font-weight: bold; }
dd { margin: 0; }
nav ol { padding-left: 1.5em; }
.findings > li { margin-bottom: 1em; }
.question::before { content: "\\2192\\00a0"; }
.entries { font-size: .875em; margin: 0; padding-left: 1.2em; }
.finding { font-weight: bold; margin: 0; break-after: avoid; }
.question { margin: 0; break-after: avoid; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 0 0 1.5rem; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; break-after: avoid; }
th, td { border: 1px solid #767676; padding: .3rem .5rem; text-align: left; vertical-align: top;
         white-space: pre-line; }
thead { display: table-header-group; }
thead th { background: #eee; border-bottom: 2px solid #111; }
tbody th { font-weight: normal; }
tr { break-inside: avoid; }
.broad { overflow-x: auto; }
.broad table { min-width: 40rem; }
.by-group th, .by-group td, .times th, .times td { font-size: .75rem; padding: .15rem .25rem; line-height: 1.4; }
.by-group td, .by-group th.group { text-align: center; padding: .15rem 0; }
.by-group td:first-child { text-align: left; padding: .15rem .25rem; }
.by-group .field { width: 12%; }
.by-group .organisation { width: 24%; }
.across .field { width: 8%; }
.across .organisation { width: 20%; }
.by-group .count { width: 4.5em; }
.by-group td:last-child { font-weight: bold; }
.s1 { background: #eee; }
.s2 { background: #d6d6d6; }
.s3 { background: #bbb; }
.s4 { background: #a0a0a0; font-weight: bold; }
.sheet .organisation { width: 28%; }
.sheet .choice { width: 16%; }
.times .title { width: 18%; }
.times .number, .interruptions .number { width: 3em; }
.interruptions .title { width: 40%; }
.cases .title, .notes .title { width: 30%; }
svg { display: block; width: 100%; height: auto; margin: 1rem 0; break-inside: avoid; }
svg.ecomap { max-width: 180mm; max-height: 240mm; }
@media print {
  html { font-size: 10pt; }
  body { margin: 0; padding: 0; max-width: none; }
  .skip { display: none; }
  .case, .time { break-before: page; }
  h2 { margin-top: 0; }
  .across, .time { page: across; }
  .broad { overflow: visible; }
  .broad table { min-width: 0; }
  nav a { text-decoration: none; }
  nav a::after { content: leader(".") target-counter(attr(href), page); }
}
""".strip()
