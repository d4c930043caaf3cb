// Articles that try to run something in a page, or to turn its words around.
//
// Every element that they would bring in has the attribute `data-hostile`, and every script of theirs sets
// `window.hostile`.

/** Starts to write from right to left, over what the letters say; U+202C ends it. */
const OVERRIDE = '\u202e';
const POP = '\u202c';
/** The same for what a bidirectional embedding or isolate may hold. */
export const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/;

const SCRIPT = '<script data-hostile>window.hostile=1</script>';
const IMAGE = '<img data-hostile src=x onerror=window.hostile=1>';
const VECTOR = '"\'><svg data-hostile onload=window.hostile=1>';
const CLOSING = '</mark></q></p></main></title></textarea></script><b data-hostile>';

/** What articles say of themselves and in their text. The name of Mara Tellin never ends its override. */
export const ARTICLES = [
  {
    title: `Karsk ${SCRIPT} and Veldria ${VECTOR} talk ${OVERRIDE}fdp.exe`,
    url: 'javascript:window.hostile=1',
    outlet: `River ${IMAGE} Wire`,
    byline: `Tomas ${CLOSING} Erlund`,
    published: '2024-03-12',
    text: [
      `Karsk on Tuesday demanded that Veldria hand over ${IMAGE} the river port of Halsk within 30 days.`,
      `Deputy Foreign Minister Alexei Voryabin said the accusation was “an ${OVERRIDE}invention${POP} from ${SCRIPT} start to finish.”`,
      `Veldria rejected the demand. Its chief negotiator, Mara ${OVERRIDE}Tellin, said her government would “never trade ${CLOSING} sovereignty for a shipping lane,” but offered to let a commission count cargo at Halsk for six months.`,
      'An {{7*7}} ${7*7} %s %00 &lt;b data-hostile&gt; [link](javascript:window.hostile=1) stood on the wall, the official said.',
    ].join('\n\n'),
  },
  {
    title: `${IMAGE}${CLOSING}`,
    url: 'data:text/html,<script data-hostile>window.hostile=1</script>',
    outlet: `${VECTOR}`,
    published: '2024-03-13',
    text: [
      `Karsk on Tuesday demanded that Veldria hand over ${VECTOR} the river port of Halsk within 60 days.`,
      `Alexei Voryabin ${SCRIPT} denied that any boat had crossed the median line last month.`,
      '“The door is open, and it will stay open on Thursday,” Mara Tellin said.',
    ].join('\n\n'),
  },
];

const PAGE = `<!doctype html>
<html><head><title>Talks &lt;script data-hostile&gt;window.hostile=1&lt;/script&gt; stall</title>
<link rel="canonical" href="javascript:window.hostile=1">
<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">
<script data-hostile>window.hostile=1</script></head>
<body onload="window.hostile=1"><article><h1>Talks &lt;script data-hostile&gt;window.hostile=1&lt;/script&gt; stall</h1>
<p>Veldria on Wednesday rejected the demand, and its chief negotiator said that the <a href="javascript:window.hostile=1">door</a>
would stay open &lt;img data-hostile src=x onerror=window.hostile=1&gt; until the end of March.</p>
<iframe data-hostile srcdoc="<script>parent.hostile=1</script>"></iframe><img data-hostile src="http://evil.example/x.png">
<p>A spokesperson for the Northern Compact said on Wednesday that sanctions would follow if the river was closed to barges.</p>
</article></body></html>
`;

/** The files that hold these articles. */
export function hostileCoverage() {
  return [
    { name: 'wire.jsonl', bytes: ARTICLES.map((article) => `${JSON.stringify(article)}\n`).join('') },
    { name: 'page.html', bytes: PAGE },
    { name: 'a<b data-hostile>&"\'.txt', bytes: `${ARTICLES[1].title}\n\n${ARTICLES[0].text}\n` },
  ];
}
