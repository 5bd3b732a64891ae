"""How a printed deck looks: black on white, on A4, for a printer without colours."""

_BOTH = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font-family: system-ui, "Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", sans-serif; line-height: 1.4;
       margin: 0 auto; padding: 1rem; color: #111; background: #fff;
       word-break: keep-all; overflow-wrap: anywhere; line-break: strict; }
h1, h2, h3, h4, h5, h6, p, ul, ol, figure, blockquote, pre, table { margin: 0 0 .5em; }
.cover { border-bottom: 2px solid #111; margin-bottom: 1em; }
.head { display: flex; justify-content: space-between; gap: 1em; font-size: .7em; color: #444; }
.head h2, .head p { font-size: 1em; font-weight: normal; margin: 0; }
.title { font-size: 1.5em; line-height: 1.3; border-bottom: 2px solid #111; padding-bottom: .2em; }
.heading { font-size: 1.15em; }
.title, .heading { text-wrap: balance; }
ul { padding-left: 1.6em; }
ol { padding-left: calc(1em + var(--digits) * 1ch); }
li > ul, li > ol { margin-bottom: 0; }
blockquote { border-left: 4px solid #767676; padding: .1em 0 .1em .8em; }
blockquote p:last-child { margin: 0; }
pre { border: 1px solid #767676; padding: .4em .6em; white-space: pre-wrap; }
code { font-family: ui-monospace, "BIZ UDGothic", "Noto Sans Mono CJK JP", monospace; }
.keyword { font-weight: bold; }
.name { text-decoration: underline; text-decoration-color: #767676; }
.string { color: #444; }
.number { color: #444; font-weight: bold; }
.comment { color: #444; font-style: italic; }
table { border-collapse: collapse; }
th, td { border: 1px solid #767676; padding: .15em .6em; text-align: left; vertical-align: top;
         overflow-wrap: break-word; }
thead { display: table-header-group; }
thead th, thead td { border-bottom: 2px solid #111; }
tr, li, figure, .map { break-inside: avoid; }
figure { text-align: center; }
.content > :last-child, .columns > div > :last-child { margin-bottom: 0; }
img { max-width: 100%; max-height: 110mm; }
.missing { border: 1px dashed #767676; padding: .6em; }
.columns { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 1.5em; }
.branches { display: flex; flex-wrap: wrap; gap: .5em; list-style: none; padding: 0; }
.branches > li { flex: 1 1 0; min-width: min-content; max-width: 100%; overflow-wrap: break-word; }
.branches > li, .flow > li { border: 1px solid #111; padding: .3em .5em; }
.branches ul { list-style: disc; padding-left: 1.1em; }
.name { font-weight: bold; margin: 0 0 .1em; }
.branches .name { border-bottom: 1px solid #767676; }
.centre { width: fit-content; min-width: 9em; margin: 0 auto; padding: .2em 1em; border: 2px solid #111;
          font-weight: bold; text-align: center; }
.map .branches { border-top: 2px solid #111; margin-top: .6em; padding-top: .6em; position: relative; }
.map .branches::before { content: ""; position: absolute; left: 50%; top: -.7em; height: .6em;
                         border-left: 2px solid #111; }
.flow { list-style: none; padding: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1em; }
.flow.beside { grid-auto-flow: column; grid-template-columns: none; grid-auto-columns: minmax(0, 1fr); gap: 1.8em; }
.flow > li { position: relative; display: grid; grid-template-columns: 9em minmax(0, 1fr); gap: 1em; }
.flow.beside > li { display: block; }
.flow p { margin: 0; }
.flow > li + li::before { content: "\\2193"; position: absolute; left: 1em; top: -1em; line-height: 1; }
.flow.beside > li + li::before { content: "\\2192"; left: -1.8em; width: 1.8em; top: calc(50% - .7em);
                                 text-align: center; }
a { color: inherit; }
.address { color: #444; }
""".strip()

SLIDES = f"""
@page {{ size: A4 landscape; margin: 12mm; }}
{_BOTH}
body {{ font-size: 20pt; max-width: 273mm; }}
.cover, .slide {{ min-height: 180mm; display: flex; flex-direction: column; }}
.cover {{ justify-content: center; border: 0; }}
.slide {{ border-top: 1px solid #767676; padding-top: 2mm; margin-top: 8mm; }}
.content {{ flex: 1; margin-top: .6em; }}
.head {{ font-size: .6em; }}
.map:has(> .branches > li:nth-child(4)) {{ font-size: .68em; }}
@media print {{
  body {{ padding: 0; max-width: none; }}
  .slide {{ border: 0; padding: 0; margin: 0; break-before: page; break-inside: avoid; }}
}}
""".strip()

WITH_NOTES = f"""
@page {{ size: A4; margin: 14mm; }}
{_BOTH}
body {{ font-size: 10.5pt; max-width: 182mm; }}
.slide {{ margin: 0 0 8mm; break-inside: avoid; }}
.segment {{ break-inside: avoid; break-after: avoid; margin-bottom: 4mm; }}
.segment .opening {{ display: flex; justify-content: space-between; align-items: baseline;
                    border-bottom: 2px solid #111; margin-bottom: 2mm; }}
.segment .opening > * {{ margin: 0; }}
.map:has(> .branches > li:nth-child(4)) {{ font-size: .8em; }}
.head {{ font-size: .9em; margin-bottom: .2em; }}
.content {{ border: 1px solid #111; padding: 4mm 6mm; }}
.notes {{ border-left: 4px solid #ccc; padding: .1em 0 .1em 1em; margin-top: 3mm; }}
img {{ max-height: 70mm; }}
@media print {{ body {{ padding: 0; max-width: none; }} }}
""".strip()
