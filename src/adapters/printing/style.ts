import { Html } from './html.js';

/**
 * One sheet for screen and paper. On paper everything is black on white: shapes, patterns and words carry what colour
 * carries on a screen. No font is embedded; the file must stay small and open anywhere.
 */
const COMMON = `
:root { --paper:#fff; --ink:#15181d; --ink2:#4f5763; --line:#d3d8df; --line2:#737c89; --ok:#1b6b3a; --watch:#8a4600; --over:#b3161b; --run:#0b5a9c; --off:#4f5763; --ground:#f1f3f6; --ex:#5a1d8a }
* { box-sizing:border-box }
html { color-scheme:light; background:var(--ground) }
body { margin:0; color:var(--ink); font:15px/1.45 "Marianne","IBM Plex Sans",Arial,"Liberation Sans",sans-serif; font-variant-numeric:tabular-nums lining-nums }
h1,h2,h3,p,dl,dd,ol,ul { margin:0 }
h1 { font-size:1.9em; line-height:1.15; text-wrap:balance }
h2 { font-size:1.2em; line-height:1.2; margin:2em 0 .6em; padding-bottom:.25em; border-bottom:2px solid var(--ink); break-after:avoid }
small { font-size:.86em; color:var(--ink2) }
code { font-family:"IBM Plex Mono",Consolas,"Liberation Mono",monospace; font-size:.92em; overflow-wrap:anywhere }
a { color:inherit; text-decoration-color:var(--line2); text-underline-offset:2px }
table { border-collapse:collapse; width:100% }
th,td { text-align:left; vertical-align:top; padding:.35em .6em .35em 0 }
th { font-weight:600; font-size:.86em; color:var(--ink2) }
thead th { border-bottom:1px solid var(--line2); vertical-align:bottom }
tbody, tr { break-inside:avoid } tbody.all { break-inside:auto }
time, .at { white-space:nowrap }
.icon { width:1.05em; height:1.05em; flex:none; position:relative; top:.14em }
.state { display:inline-flex; gap:.4em; font-weight:600 }
.ok { color:var(--ok) } .watch { color:var(--watch) } .over { color:var(--over) } .run { color:var(--run) } .off { color:var(--off) }
.said { white-space:pre-wrap; overflow-wrap:anywhere; unicode-bidi:isolate; quotes:"«\\00a0" "\\00a0»" }
.absent { color:var(--ink2) }
.paris { white-space:nowrap } td .paris { display:block }
.mark { text-align:center; font-weight:800; letter-spacing:.14em; border:3px double currentColor; padding:.35em; color:var(--ex) }
.running { display:flex; flex-wrap:wrap; justify-content:space-between; gap:0 1em; font-size:.8em; color:var(--ink2) }
.running code { font-size:.9em }
.page { margin:0 auto; background:var(--paper); padding:28px 40px }
@media print {
  :root { --ink:#000; --ink2:#333; --line:#bbb; --line2:#777; --ok:#000; --watch:#000; --over:#000; --run:#000; --off:#333; --ex:#000 }
  html { background:none }
  a { text-decoration:none }
  .screen { display:none }
  /* Table groups repeat on every sheet: the mark and the head of the journal stand at both ends of each. */
  .page { display:table; width:100%; max-width:none; padding:0 }
  .page > header { display:table-header-group; break-inside:avoid }
  .page > footer { display:table-footer-group; break-inside:avoid }
  .page > main { display:table-row-group }
  .page > header > div { padding-bottom:3mm }
  .page > footer > div { padding-top:3mm }
}`;

/** The page of the hour: A4, upright. */
export const HOUR_STYLE = new Html(`${COMMON}
.page { max-width:1040px }
.identity { margin-top:1.2em }
.identity > p:first-child { font-size:1.05em }
.identity .sub { font-size:1.05em; margin-top:.35em }
dl.facts { display:grid; grid-template-columns:repeat(auto-fill,minmax(14em,1fr)); gap:.7em 1.6em; margin-top:1.1em }
dl.facts dt { font-size:.86em; color:var(--ink2) } dl.facts dd { font-weight:600 } dl.facts .wide { grid-column:1/-1 }
.figure { margin:0 } .figure svg { display:block; width:100%; height:auto }
.figure + .figure { margin-top:1.2em }
tbody tr td, tbody tr th { border-top:1px solid var(--line) }
tbody.step tr + tr td { border-top:0; padding-top:0 }
tbody.group th { border-top:0; border-bottom:1px solid var(--line2); color:var(--ink); font-size:1em; padding-top:1.1em; break-after:avoid }
.num { text-align:right; padding-right:.9em; white-space:nowrap }
.ref { display:inline-block; min-width:2.6em; font-weight:600 }
.proofs li { margin-top:.15em } .proofs { padding:0; list-style:none }
.missing { font-weight:700 } .missing::before { content:"▲ " }
tr.quiet td { color:var(--ink2) } tr.quiet td:last-child { font-size:.93em }
.text { margin-top:.15em }
.steps th:nth-child(1) { width:31% } .steps th:nth-child(2) { width:14% } .steps th:nth-child(3) { width:17% } .steps th:nth-child(4) { width:12% } .steps th:nth-child(6) { width:8% }
.verdicts th:nth-child(1) { width:19% } .verdicts th:nth-child(2) { width:16% } .verdicts th:nth-child(3) { width:15% }
.log th:nth-child(1) { width:4% } .log th:nth-child(2) { width:17% } .log th:nth-child(3) { width:12% } .log th:nth-child(4) { width:17% }
ol.how { padding-left:1.4em } ol.how li { margin-top:.4em }
:target td { background:#fff3c4 }
@media screen { table { font-size:.94em } .scroll, .figure { overflow-x:auto } .figure svg { min-width:640px } }
@media screen and (max-width:700px) { .page { padding:16px } }
@page { size:A4 portrait; margin:11mm 12mm 12mm; @bottom-right { content:counter(page) " / " counter(pages); font:8pt Arial,sans-serif } }
@media print { body { font-size:8.6pt; line-height:1.35 } h2 { margin-top:1.5em } .scroll { overflow:visible } .figure { break-inside:avoid } }`);

/** The plan on paper: A4, on its side, large enough to write on. */
export const PAPER_STYLE = new Html(`${COMMON}
.page { max-width:1240px }
@media screen { body { font-size:13px } }
.blank { display:inline-block; border-bottom:1px solid var(--line2); min-width:9em; height:1.3em }
.wide { min-width:22em }
dl.fill { display:grid; grid-template-columns:repeat(3,1fr); gap:.9em 2em; margin-top:1em }
dl.fill div { display:flex; gap:.6em; align-items:end } dl.fill dt { white-space:nowrap } dl.fill .blank { flex:1; min-width:0 } dl.fill .all { grid-column:1/-1 }
td { border:1px solid var(--line2); padding:.4em .5em } th { padding:.3em .5em }
td.box { width:2.2em; font-size:1.5em; line-height:1; text-align:center; vertical-align:middle }
td.clock { width:7.2em; font-size:1.15em; font-weight:600; white-space:nowrap } td.clock small { font-weight:400; font-size:.7em } td.clock > small { display:block }
td.write { width:6.5em } td.name { width:9em } td.proof { width:22em } td.proof small { display:block }
td.who { width:4.6em } tr { height:2.9em }
.lines td { height:2.5em }
.sheet { break-before:page }
@page { size:A4 landscape; margin:10mm 11mm 11mm; @bottom-right { content:counter(page) " / " counter(pages); font:8pt Arial,sans-serif } }
@media print { body { font-size:9pt; line-height:1.3 } h2 { margin-top:1.2em } }`);
