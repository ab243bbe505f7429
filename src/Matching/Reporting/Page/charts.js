// The waterfall of the worth, the run's steps and the histogram of days.
const COLOURS = {
  ink: "#1f2a30", soft: "#5b6970", line: "#d9dedb", good: "#0b6fa8", cost: "#d2691e", net: "#22323a",
  bound: "#b3541e", gap: "#f2e3d3",
};

function widthOf(id, least = 300) {
  return Math.max(least, Math.floor(document.getElementById(id).clientWidth));
}
function text(x, y, content, attributes) {
  return svg("text", { x, y, ...attributes }, content);
}

function renderWorth() {
  if (!data.worth) {
    fill("worth-chart", el("p", { class: "empty" }, t("noWorth")));
    return;
  }
  const width = widthOf("worth-chart");
  const rows = [];
  let running = 0;
  for (const { name, amount } of data.worth) {
    rows.push({ label: t("part_" + name), amount, from: running, to: running + amount, colour: amount >= 0 ? COLOURS.good : COLOURS.cost });
    running += amount;
  }
  rows.push({ label: t("netValue"), amount: running, from: 0, to: running, colour: COLOURS.net, total: true });
  const low = Math.min(0, ...rows.map((r) => Math.min(r.from, r.to)));
  const high = Math.max(1, ...rows.map((r) => Math.max(r.from, r.to)));
  const labels = lang === "en" ? 126 : 104;
  const amounts = 128;
  const rowHeight = 30;
  const x = (v) => labels + (v - low) / (high - low) * (width - labels - amounts);
  const height = rows.length * rowHeight + 6;
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${t("worth")}: ${t("netValue")} ${money(running)}` });
  chart.append(svg("line", { x1: x(0), x2: x(0), y1: 0, y2: height, stroke: COLOURS.line }));
  rows.forEach((row, i) => {
    const y = i * rowHeight + 3;
    const left = x(Math.min(row.from, row.to));
    const bar = svg("rect", {
      x: left, y: y + 4, width: Math.max(1.5, x(Math.max(row.from, row.to)) - left), height: rowHeight - 10, rx: 2, fill: row.colour });
    if (i + 1 < rows.length) {
      chart.append(svg("line", { x1: x(row.to), x2: x(row.to), y1: y + rowHeight - 6, y2: y + rowHeight + 4, stroke: COLOURS.soft, "stroke-width": 1 }));
    }
    if (row.total) {
      chart.append(svg("line", { x1: 0, x2: width, y1: y - 1, y2: y - 1, stroke: COLOURS.line }));
    }
    const weight = row.total ? 700 : 400;
    chart.append(
      text(labels - 8, y + 19, row.label, { "text-anchor": "end", class: "axis strong", "font-weight": weight }), bar,
      text(width - 2, y + 19, money(row.amount), { "text-anchor": "end", class: "axis strong figures", "font-weight": weight }));
  });
  fill("worth-chart", chart, asTable(() => table([[t("part")], [t("amount"), true]], rows.length, (i) => [rows[i].label, money(rows[i].amount)])));
}

function renderTrace() {
  const trace = data.trace;
  if (!trace || trace.stage.length === 0) {
    fill("trace-chart", el("p", { class: "empty" }, t("noTrace")));
    return;
  }
  const n = trace.stage.length;
  const xs = trace.seconds ?? trace.stage.map((_, i) => i);
  const width = widthOf("trace-chart");
  const height = 300;
  const box = { left: 62, right: 14, top: 34, bottom: 40 };
  const values = [...trace.incumbent, ...trace.upperBound].filter((v) => v !== null);
  let low = Math.min(...values, Infinity);
  let high = Math.max(...values, -Infinity);
  if (!Number.isFinite(low)) {
    [low, high] = [0, 1];
  }
  const pad = (high - low || Math.abs(high) || 1) * 0.06;
  [low, high] = [low - pad, high + pad];
  const last = Math.max(xs[n - 1], 1e-9);
  const x = (v) => box.left + v / last * (width - box.left - box.right);
  const y = (v) => height - box.bottom - (v - low) / (high - low) * (height - box.top - box.bottom);
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label":
    `${t("trace")}. ${t("incumbent")}: ${data.summary.netValue === null ? "–" : money(data.summary.netValue)}. ${t("upperBound")}: ${data.summary.upperBound === null ? "–" : money(data.summary.upperBound)}.` });
  for (const mark of ticks(low, high, 5)) {
    chart.append(svg("line", { x1: box.left, x2: width - box.right, y1: y(mark), y2: y(mark), stroke: COLOURS.line }),
      text(box.left - 7, y(mark) + 4, short(mark), { "text-anchor": "end", class: "axis figures" }));
  }
  for (const mark of ticks(0, last, Math.max(2, width / 110))) {
    chart.append(text(x(mark), height - box.bottom + 17, count(mark), { "text-anchor": "middle", class: "axis figures" }));
  }
  chart.append(text((box.left + width - box.right) / 2, height - 6, t(trace.seconds ? "axisSeconds" : "axisSteps"), { "text-anchor": "middle", class: "axis" }));

  // The space between the two steps is the gap.
  for (let i = 0; i < n; i++) {
    if (trace.incumbent[i] !== null && trace.upperBound[i] !== null) {
      const right = x(i + 1 < n ? xs[i + 1] : last);
      const top = y(trace.upperBound[i]);
      chart.append(svg("rect", { x: x(xs[i]), y: top, width: Math.max(0, right - x(xs[i])) + 0.3, height: Math.max(0, y(trace.incumbent[i]) - top), fill: COLOURS.gap }));
    }
  }
  let freeFrom = 0;
  for (let i = 0; i < n; i++) {
    if (i === 0 || trace.stage[i] !== trace.stage[i - 1]) {
      const at = x(xs[i]);
      const label = known("stage_", trace.stage[i]);
      chart.append(svg("line", { x1: at, x2: at, y1: box.top - 8, y2: height - box.bottom, stroke: COLOURS.soft, "stroke-dasharray": "2 4", opacity: 0.6 }));
      if (at >= freeFrom && at + label.length * 8 < width) {
        chart.append(text(at + 3, box.top - 12, label, { class: "axis" }));
        freeFrom = at + 14 + label.length * (lang === "en" ? 7 : 13);
      }
    }
  }
  const path = (series) => {
    let d = "";
    series.forEach((v, i) => {
      if (v !== null) {
        d += d === "" ? `M${x(xs[i])} ${y(v)}` : `H${x(xs[i])}V${y(v)}`;
      }
    });
    return d === "" ? "" : d + `H${x(last)}`;
  };
  chart.append(
    svg("path", { d: path(trace.upperBound), fill: "none", stroke: COLOURS.bound, "stroke-width": 2, "stroke-dasharray": "6 3" }),
    svg("path", { d: path(trace.incumbent), fill: "none", stroke: COLOURS.good, "stroke-width": 2.5 }));
  chart.addEventListener("pointermove", (e) => {
    const rect = chart.getBoundingClientRect();
    const at = ((e.clientX - rect.left) * width / rect.width - box.left) / (width - box.left - box.right) * last;
    let i = xs.findLastIndex((v) => v <= at);
    i = Math.max(0, i);
    const [best, bound] = [trace.incumbent[i], trace.upperBound[i]];
    showTip([
      trace.seconds ? `${count(xs[i])} s · ${known("stage_", trace.stage[i])}` : `${t("step")} ${i} · ${known("stage_", trace.stage[i])}`,
      `${t("incumbent")}: ${best === null ? "–" : money(best)}`,
      `${t("upperBound")}: ${bound === null ? "–" : money(bound)}`,
      ...(best !== null && bound !== null ? [`${t("gap")}: ${finePercent(gapOf(best, bound))}`] : []),
    ], e.clientX, e.clientY);
  });
  chart.addEventListener("pointerleave", hideTip);
  fill("trace-chart",
    el("div", { class: "legend" }, swatch(COLOURS.good, t("incumbent"), "flat"), swatch(COLOURS.bound, t("upperBound"), "flat"), swatch(COLOURS.gap, t("gap"))),
    chart,
    asTable(() => table(
      [[t(trace.seconds ? "seconds" : "step")], [t("stage")], [t("incumbent"), true], [t("upperBound"), true], [t("gap"), true]], n,
      (i) => [count(xs[i]), known("stage_", trace.stage[i]),
        trace.incumbent[i] === null ? "–" : money(trace.incumbent[i]), trace.upperBound[i] === null ? "–" : money(trace.upperBound[i]),
        trace.incumbent[i] === null || trace.upperBound[i] === null ? "–" : finePercent(gapOf(trace.incumbent[i], trace.upperBound[i]))])));
}
const gapOf = (best, bound) => (bound - best) / Math.max(1, Math.abs(bound));

function renderDays() {
  const days = data.workers.days;
  if (days.length === 0) {
    fill("days-chart", el("p", { class: "empty" }, t("nothing")));
    return;
  }
  const most = days.reduce((a, b) => Math.max(a, b), 0);
  // Those who stay at home have a bar of their own, however wide the others are.
  const size = Math.max(1, Math.ceil(most / 45));
  const binOf = (d) => d === 0 ? 0 : 1 + Math.floor((d - 1) / size);
  const bins = new Array(binOf(most) + 1).fill(0);
  days.forEach((d) => bins[binOf(d)]++);
  const binName = (i) => i === 0 || size === 1 ? String(i) : `${(i - 1) * size + 1}–${i * size}`;
  const out = days.filter((d) => d > 0).sort((a, b) => a - b);
  const hoping = data.workers.targetDays.filter((d) => d > 0).length;
  const reached = data.workers.targetDays.filter((d, i) => d > 0 && days[i] >= d).length;
  const width = widthOf("days-chart");
  const height = 250;
  const box = { left: 52, right: 8, top: 12, bottom: 40 };
  const top = Math.max(1, ...bins);
  const step = (width - box.left - box.right) / bins.length;
  const y = (v) => height - box.bottom - v / top * (height - box.top - box.bottom);
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": t("daysPerWorker") });
  for (const mark of ticks(0, top, 4).filter(Number.isInteger)) {
    chart.append(svg("line", { x1: box.left, x2: width - box.right, y1: y(mark), y2: y(mark), stroke: COLOURS.line }),
      text(box.left - 7, y(mark) + 4, count(mark), { "text-anchor": "end", class: "axis figures" }));
  }
  const every = Math.max(1, Math.ceil((size === 1 ? 26 : 48) / step));
  bins.forEach((n, i) => {
    const bar = svg("rect", { x: box.left + i * step + Math.min(2, step * 0.1), y: y(n), width: Math.min(64, Math.max(1, step * 0.82)), height: height - box.bottom - y(n), rx: 1.5, fill: i === 0 ? "#9aa5a9" : COLOURS.good });
    const hit = svg("rect", { x: box.left + i * step, y: box.top, width: step, height: height - box.top - box.bottom, fill: "transparent" });
    tipOn(hit, () => [t("dayRange", binName(i)), `${t("workers")}: ${count(n)}`, percent(n / days.length)]);
    chart.append(bar, hit);
    if (i % every === 0) {
      chart.append(text(box.left + i * step + Math.min(32, step * 0.45), height - box.bottom + 16, binName(i), { "text-anchor": "middle", class: "axis figures" }));
    }
  });
  chart.append(text((box.left + width - box.right) / 2, height - 6, t("days"), { "text-anchor": "middle", class: "axis" }));
  fill("days-chart",
    el("p", null, t("daysFacts", count(out.length), count(days.length - out.length), count(out.length ? out[out.length >> 1] : 0), count(most)),
      hoping ? (lang === "en" ? " " : "") + t("targetFacts", count(hoping), count(reached)) : ""),
    chart,
    asTable(() => table([[t("days")], [t("workers"), true], [t("share"), true]], bins.length,
      (i) => [binName(i), count(bins[i]), percent(bins[i] / days.length)], { page: 100 })));
}
