// Colours and shapes: one truth for the picture and for its legend.

const FONT = '"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif';

const LOOK = {
  agent: { fill: "#eaf2fc", line: "#3b74b4", text: "#16395f", shape: "box" },
  initiative: { fill: "#fdf0e2", line: "#d07a1f", text: "#6a3605", shape: "banner" },
  region: { fill: "#2d7a58", line: "#2d7a58", text: "#ffffff", shape: "pill" },
  person: { fill: "#f4eefb", line: "#8358b5", text: "#472473", shape: "pill" },
  policy: { fill: "#e6f6f4", line: "#258a80", text: "#0d4c46", shape: "sheet" },
  event: { fill: "#fdf8dc", line: "#a8890c", text: "#594805", shape: "cut" },
  honour: { fill: "#fdecf1", line: "#c04873", text: "#701c3a", shape: "ribbon" },
};

const STROKE = {
  leads: { color: "#c62f2f", width: 2.6, dashes: false },
  implements: { color: "#5b8cc4", width: 1.3, dashes: false },
  participatesIn: { color: "#8793a1", width: 1.3, dashes: [6, 4] },
  issues: { color: "#258a80", width: 1.5, dashes: false },
  organises: { color: "#a8890c", width: 1.5, dashes: false },
  post: { color: "#8358b5", width: 1.3, dashes: false },
  received: { color: "#c04873", width: 1.5, dashes: false },
  confers: { color: "#c04873", width: 1.3, dashes: [6, 4] },
  concerns: { color: "#98a2ad", width: 1, dashes: [2, 4] },
  partOf: { color: "#98a2ad", width: 1, dashes: [2, 4] },
  place: { color: "#7fa893", width: 1, dashes: [2, 4] },
};

// Traces the outline of a shape centred at (x, y).
function trace(ctx, shape, x, y, width, height) {
  const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  const cut = Math.min(10, height / 3);
  const polygon = (...points) => {
    points.forEach(([px, py], index) => (index ? ctx.lineTo(px, py) : ctx.moveTo(px, py)));
    ctx.closePath();
  };
  ctx.beginPath();
  if (shape === "box") ctx.roundRect(left, top, width, height, 5);
  else if (shape === "pill") ctx.roundRect(left, top, width, height, height / 2);
  else if (shape === "banner")
    polygon([left + cut, top], [right - cut, top], [right, y], [right - cut, bottom], [left + cut, bottom], [left, y]);
  else if (shape === "sheet") polygon([left, top], [right - cut, top], [right, top + cut], [right, bottom], [left, bottom]);
  else if (shape === "cut")
    polygon(
      [left + cut, top], [right - cut, top], [right, top + cut], [right, bottom - cut],
      [right - cut, bottom], [left + cut, bottom], [left, bottom - cut], [left, top + cut],
    );
  else polygon([left, top], [right, top], [right - cut, y], [right, bottom], [left, bottom], [left + cut, y]);
}

const GLYPH = 15; // font size of a node, in units of the picture

// Widths in em: one for a Chinese character, about half for others. Enough for wrapping, the same on every machine.
const ems = (text) => Array.from(text).reduce((sum, glyph) => sum + (glyph >= "⺀" || /[“”‘’—…]/.test(glyph) ? 1 : 0.58), 0);

// Breaks in two: lines of like length, quotations kept whole where that is possible.
function halves(glyphs, most) {
  let best = { cost: Infinity, at: 0 };
  let depth = 0;
  for (let at = 1; at < glyphs.length; at += 1) {
    if (/[“‘《（(]/.test(glyphs[at - 1])) depth += 1;
    if (/[”’》）)]/.test(glyphs[at - 1])) depth -= 1;
    const [head, tail] = [ems(glyphs.slice(0, at).join("")), ems(glyphs.slice(at).join(""))];
    if (head > most) break;
    const torn = /[”’》）)、，,。]/.test(glyphs[at]) ? 50 : depth > 0 ? 4 : /[和与及“《（]/.test(glyphs[at]) ? -1.5 : 0;
    const cost = Math.max(0, tail - most) * 10 + Math.abs(head - tail) + torn;
    if (cost < best.cost) best = { cost, at };
  }
  const head = glyphs.slice(0, best.at).join("");
  let tail = glyphs.slice(best.at).join("");
  if (ems(tail) > most) {
    while (ems(tail) > most - 1) tail = Array.from(tail).slice(0, -1).join("");
    tail += "…";
  }
  return [head, tail];
}

// Marks that turn the direction of writing, by which a name could be made to read as another.
const CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// Wraps a label into at most two lines of `most` em, balanced, and says how large its shape has to be.
function measure(label, { most = 11, glyph = GLYPH } = {}) {
  const text = shorten(label.replace(CONTROLS, "").replace(/\s+/g, " ").trim(), 60);
  const lines = ems(text) <= most ? [text] : halves(Array.from(text), most);
  const width = Math.max(...lines.map(ems)) * glyph + 24;
  return { lines, glyph, width: Math.max(74, width), height: glyph * (lines.length === 1 ? 1.9 : 3.1) };
}

// Draws the sample of a class or relation in the legend.
function sample(canvas, kind, key) {
  const ratio = 2;
  canvas.width = 26 * ratio;
  canvas.height = 16 * ratio;
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  if (kind === "group") {
    const look = LOOK[key];
    trace(ctx, look.shape, 13, 8, 23, 13);
    ctx.fillStyle = look.fill;
    ctx.strokeStyle = look.line;
    ctx.lineWidth = 1.5;
    ctx.fill();
    ctx.stroke();
  } else {
    const stroke = STROKE[key];
    ctx.strokeStyle = ctx.fillStyle = stroke.color;
    ctx.lineWidth = Math.max(1.5, stroke.width);
    ctx.setLineDash(stroke.dashes || []);
    ctx.beginPath();
    ctx.moveTo(1, 8);
    ctx.lineTo(19, 8);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(25, 8);
    ctx.lineTo(18, 4);
    ctx.lineTo(18, 12);
    ctx.fill();
  }
}
