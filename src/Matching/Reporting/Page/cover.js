// Cover of the orders: a line over the days, and the heat map of orders by days, drawn on one canvas.
const CLASSES = {
  zero: "#8c3a04", low: "#e07b1a", mid: "#fcc78b", met: "#a9cfe8", full: "#1f6fb2", over: "#b0307f", none: "#eef0ee",
};
const HEAT = { sort: "file", orders: [], day: 0, row: 0, cell: 0, rowHeight: 0, labels: 0 };

function classOf(order, day) {
  const o = data.orders[order];
  const [required, target, filled] = [o.required[day], o.target[day], o.filled[day]];
  if (filled > target) {
    return "over";
  }
  if (target === 0) {
    return "none";
  }
  if (filled >= target) {
    return "full";
  }
  if (filled >= required) {
    return "met";
  }
  return filled === 0 ? "zero" : filled * 2 < required ? "low" : "mid";
}

function cellLines(order, day) {
  const o = data.orders[order];
  const lines = [
    `${o.id} · ${siteName(order)}`, longDay(day),
    t("cellText", count(o.required[day]), count(o.target[day]), count(o.filled[day])), t("class_" + classOf(order, day))];
  if (o.closed.includes(day)) {
    lines.push(t("siteClosed"));
  }
  const reason = reasonAt(order, day);
  if (reason >= 0) {
    lines.push(`${t("reason")}: ${known("reason_", data.shortages.reasons[reason])}`);
  }
  return lines;
}

let reasonsByCell = null;
function reasonAt(order, day) {
  if (reasonsByCell === null) {
    reasonsByCell = new Map();
    const cells = data.shortages.cells;
    for (let i = 0; i < cells.length; i += 3) {
      reasonsByCell.set(cells[i] * data.dayCount + cells[i + 1], cells[i + 2]);
    }
  }
  return reasonsByCell.get(order * data.dayCount + day) ?? -1;
}

const totals = data.orders.map((o) => {
  const sum = { required: 0, target: 0, filled: 0, filledRequired: 0, filledTarget: 0 };
  for (let day = 0; day < data.dayCount; day++) {
    sum.required += o.required[day];
    sum.target += o.target[day];
    sum.filled += o.filled[day];
    sum.filledRequired += Math.min(o.required[day], o.filled[day]);
    sum.filledTarget += Math.min(o.target[day], o.filled[day]);
  }
  return sum;
});

function renderCover() {
  renderCoverDays();
  const over = data.orders.some((o) => o.filled.some((f, day) => f > o.target[day]));
  const names = ["zero", "low", "mid", "met", "full", ...(over ? ["over"] : []), "none"];
  const sort = el("select", { id: "heat-sort", onchange: () => { HEAT.sort = sort.value; HEAT.row = 0; drawHeat(); } },
    ["file", "worst", "site"].map((name) => el("option", { value: name, selected: HEAT.sort === name }, t("sort_" + name))));
  fill("cover-legend", names.map((name) => swatch(CLASSES[name], t("class_" + name))),
    data.orders.some((o) => o.closed.length) ? el("span", { class: "key" }, t("closedMark")) : null,
    el("label", { class: "push no-print" }, t("sortBy") + " ", sort));
  drawHeat();
  renderCoverTable();
}

function renderCoverDays() {
  const n = data.dayCount;
  const sums = ["target", "required", "filled"].map((field) => {
    const days = new Array(n).fill(0);
    data.orders.forEach((o) => o[field].forEach((v, day) => { days[day] += v; }));
    return days;
  });
  const [target, required, filled] = sums;
  const width = widthOf("cover-days");
  const height = 190;
  const box = { left: 52, right: 6, top: 8, bottom: 24 };
  const top = target.concat(filled).reduce((a, b) => Math.max(a, b), 1);
  const step = (width - box.left - box.right) / n;
  const x = (day) => box.left + day * step;
  const y = (v) => height - box.bottom - v / top * (height - box.top - box.bottom);
  const outline = (days) => days.map((v, day) => `${day ? "V" : "M" + x(0) + " "}${y(v)}H${x(day + 1)}`).join("");
  const area = (days) => `${outline(days)}V${y(0)}H${x(0)}Z`;
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label":
    `${t("coverByDay")}: ${t("cellText", count(data.summary.required), count(data.summary.target), count(data.summary.workerDays))}` });
  for (const mark of ticks(0, top, 4).filter(Number.isInteger)) {
    chart.append(svg("line", { x1: box.left, x2: width - box.right, y1: y(mark), y2: y(mark), stroke: COLOURS.line }),
      text(box.left - 7, y(mark) + 4, count(mark), { "text-anchor": "end", class: "axis figures" }));
  }
  chart.append(
    svg("path", { d: area(target), fill: "#dfe7ea" }),
    svg("path", { d: area(filled), fill: "#5b9fcb" }),
    svg("path", { d: outline(required), fill: "none", stroke: COLOURS.bound, "stroke-width": 2 }));
  for (const day of dayTicks(step, 64)) {
    chart.append(text(x(day) + 2, height - 7, shortDay(day), { class: "axis figures" }),
      svg("line", { x1: x(day), x2: x(day), y1: height - box.bottom, y2: height - box.bottom + 5, stroke: COLOURS.soft }));
  }
  chart.addEventListener("pointermove", (e) => {
    const rect = chart.getBoundingClientRect();
    const day = Math.floor(((e.clientX - rect.left) * width / rect.width - box.left) / step);
    if (day >= 0 && day < n) {
      showTip([longDay(day), `${t("required")}: ${count(required[day])}`, `${t("target")}: ${count(target[day])}`, `${t("filled")}: ${count(filled[day])}`], e.clientX, e.clientY);
    } else {
      hideTip();
    }
  });
  chart.addEventListener("pointerleave", hideTip);
  fill("cover-days",
    el("div", { class: "legend" }, swatch("#5b9fcb", t("filled")), swatch(COLOURS.bound, t("required"), "flat"), swatch("#dfe7ea", t("target"))),
    chart,
    asTable(() => table([[t("date")], [t("required"), true], [t("target"), true], [t("filled"), true]], n,
      (day) => [longDay(day), count(required[day]), count(target[day]), count(filled[day])], { page: 100 })));
}

function heatOrder() {
  const orders = data.orders.map((_, i) => i);
  if (HEAT.sort === "worst") {
    orders.sort((a, b) => (totals[b].target - totals[b].filledTarget) - (totals[a].target - totals[a].filledTarget) || a - b);
  } else if (HEAT.sort === "site") {
    orders.sort((a, b) => siteName(a).localeCompare(siteName(b), lang) || a - b);
  }
  return orders;
}

function drawHeat() {
  const n = data.dayCount;
  HEAT.orders = heatOrder();
  if (HEAT.orders.length === 0) {
    fill("cover-map", el("p", { class: "empty" }, t("nothing")));
    return;
  }
  const room = widthOf("cover-map");
  HEAT.labels = room < 620 ? 76 : 190;
  HEAT.cell = Math.max(4, Math.min(56, (room - HEAT.labels - 4) / n));
  HEAT.rowHeight = HEAT.orders.length > 60 ? 14 : HEAT.orders.length > 20 ? 18 : 24;
  const head = 22;
  const width = HEAT.labels + HEAT.cell * n + 4;
  const height = head + HEAT.rowHeight * HEAT.orders.length + 2;
  // Browsers refuse canvases beyond about 16,000 pixels a side.
  const scale = Math.min(Math.max(devicePixelRatio, 2), 16000 / width, 16000 / height);
  const canvas = el("canvas", { width: Math.ceil(width * scale), height: Math.ceil(height * scale), tabindex: 0, role: "application", "aria-label": t("heatLabel"), "aria-describedby": "heat-read" });
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const read = el("p", { id: "heat-read", class: "read", "aria-live": "polite" }, t("heatHint"));
  const paint = canvas.getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;

  function draw() {
    paint.setTransform(scale, 0, 0, scale, 0, 0);
    paint.clearRect(0, 0, width, height);
    paint.textBaseline = "middle";
    paint.font = "11px " + family;
    paint.fillStyle = COLOURS.soft;
    for (const day of dayTicks(HEAT.cell, 46)) {
      paint.fillText(shortDay(day), HEAT.labels + day * HEAT.cell, 9);
      paint.fillRect(HEAT.labels + day * HEAT.cell, 16, 1, 5);
    }
    const inset = HEAT.cell > 7 ? 1 : 0.5;
    HEAT.orders.forEach((order, row) => {
      const y = head + row * HEAT.rowHeight;
      paint.fillStyle = COLOURS.ink;
      paint.font = `${HEAT.rowHeight < 16 ? 11 : 12}px ${family}`;
      const label = HEAT.labels < 100 ? data.orders[order].id : `${data.orders[order].id} ${siteName(order)}`;
      paint.fillText(clip(paint, label, HEAT.labels - 8), 0, y + HEAT.rowHeight / 2);
      const closed = new Set(data.orders[order].closed);
      for (let day = 0; day < n; day++) {
        const x = HEAT.labels + day * HEAT.cell;
        paint.fillStyle = CLASSES[classOf(order, day)];
        paint.fillRect(x, y + inset / 2, HEAT.cell - inset, HEAT.rowHeight - inset);
        if (closed.has(day)) {
          paint.strokeStyle = data.orders[order].target[day] ? "#ffffff" : COLOURS.soft;
          paint.lineWidth = 1.2;
          paint.beginPath();
          const [cx, cy, r] = [x + (HEAT.cell - inset) / 2, y + HEAT.rowHeight / 2, Math.min(4, HEAT.cell / 2.5)];
          paint.moveTo(cx - r, cy - r);
          paint.lineTo(cx + r, cy + r);
          paint.moveTo(cx + r, cy - r);
          paint.lineTo(cx - r, cy + r);
          paint.stroke();
        }
      }
    });
  }
  function choose(row, day, aloud) {
    HEAT.row = Math.max(0, Math.min(HEAT.orders.length - 1, row));
    HEAT.day = Math.max(0, Math.min(n - 1, day));
    draw();
    paint.strokeStyle = "#000000";
    paint.lineWidth = 2;
    paint.strokeRect(HEAT.labels + HEAT.day * HEAT.cell - 0.5, head + HEAT.row * HEAT.rowHeight, HEAT.cell, HEAT.rowHeight);
    if (aloud) {
      read.textContent = cellLines(HEAT.orders[HEAT.row], HEAT.day).join(" · ");
    }
  }
  function at(e) {
    const rect = canvas.getBoundingClientRect();
    const day = Math.floor((e.clientX - rect.left - HEAT.labels) / HEAT.cell);
    const row = Math.floor((e.clientY - rect.top - head) / HEAT.rowHeight);
    return row >= 0 && row < HEAT.orders.length && day < n ? [row, day] : null;
  }
  canvas.addEventListener("pointermove", (e) => {
    const spot = at(e);
    if (spot === null) {
      hideTip();
    } else if (spot[1] < 0) {
      const order = HEAT.orders[spot[0]];
      const o = data.orders[order];
      showTip([`${o.id} · ${siteName(order)}`, o.employer, `${o.skill} · ${money(o.wage)} · ${o.startTime} · ${count(o.hours)} h`,
        t("cellText", count(totals[order].required), count(totals[order].target), count(totals[order].filled))], e.clientX, e.clientY);
    } else {
      showTip(cellLines(HEAT.orders[spot[0]], spot[1]), e.clientX, e.clientY);
    }
  });
  canvas.addEventListener("pointerleave", hideTip);
  canvas.addEventListener("click", (e) => {
    const spot = at(e);
    if (spot !== null && spot[1] >= 0) {
      choose(spot[0], spot[1], true);
    }
  });
  canvas.addEventListener("keydown", (e) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -n], End: [0, n] }[e.key];
    if (step) {
      e.preventDefault();
      choose(HEAT.row + step[0], HEAT.day + step[1], true);
    }
  });
  canvas.addEventListener("focus", () => { if (canvas.matches(":focus-visible")) { choose(HEAT.row, HEAT.day, true); } });
  canvas.addEventListener("blur", draw);
  draw();
  fill("cover-map", el("div", { class: "scroll" }, canvas), read);
}

function clip(paint, label, room) {
  if (paint.measureText(label).width <= room) {
    return label;
  }
  const letters = [...label];
  while (letters.length && paint.measureText(letters.join("") + "…").width > room) {
    letters.pop();
  }
  return letters.join("") + "…";
}

function renderCoverTable() {
  fill("cover-table", asTable(() => {
    const days = el("div", { "aria-live": "polite" });
    const choice = el("select", { onchange: () => showDays(Number(choice.value)) },
      data.orders.map((o, i) => el("option", { value: i }, `${o.id} ${siteName(i)}`)));
    function showDays(order) {
      const o = data.orders[order];
      const wanted = [];
      for (let day = 0; day < data.dayCount; day++) {
        if (o.target[day] || o.filled[day]) {
          wanted.push(day);
        }
      }
      fill(days, table([[t("date")], [t("required"), true], [t("target"), true], [t("filled"), true], [t("share")]], wanted.length,
        (i) => [longDay(wanted[i]), count(o.required[wanted[i]]), count(o.target[wanted[i]]), count(o.filled[wanted[i]]), t("class_" + classOf(order, wanted[i]))],
        { page: 100, caption: t("daysOf", o.id) }));
    }
    const box = el("div", null,
      table([[t("order")], [t("site")], [t("employer")], [t("skill")], [t("required"), true], [t("target"), true], [t("filled"), true], [t("share"), true]],
        data.orders.length,
        (i) => [data.orders[i].id, siteName(i), data.orders[i].employer, data.orders[i].skill, count(totals[i].required), count(totals[i].target),
          count(totals[i].filled), totals[i].target ? percent(totals[i].filledTarget / totals[i].target) : "–"], { page: 30 }),
      el("p", null, el("label", null, t("chooseOrder") + " ", choice)), days);
    if (data.orders.length) {
      showDays(0);
    }
    return box;
  }));
}
