// Villages, sites, depots and the trips of one day. Own projection: local equirectangular around the middle latitude.
const MAP = { day: firstBusyDay(), zoom: 1, cx: 0.5, cy: 0.5, chosen: null };
const MAP_COLOURS = { village: "#4d5d66", site: "#c2410c", depot: "#5b3fa0", trip: "#2878b5", chosen: "#111111" };

/** A season often begins with a trip or two; the map opens on the first day that shows something. */
function firstBusyDay() {
  const most = data.trips.reduce((n, d) => Math.max(n, d.id.length), 0);
  return Math.max(0, data.trips.findIndex((d) => d.id.length > 0 && d.id.length * 2 >= most));
}

const projected = (() => {
  const { lat, lon } = data.places;
  const shown = lat.map((_, i) => i).filter((i) => lat[i] !== null && lon[i] !== null);
  if (shown.length === 0) {
    return null;
  }
  const range = (values) => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
  const [south, north] = range(shown.map((i) => lat[i]));
  const [west, east] = range(shown.map((i) => lon[i]));
  const squeeze = Math.cos((south + north) / 2 * Math.PI / 180);
  // At least about a kilometre, so that a single place does not fill the sky.
  const wide = Math.max((east - west) * squeeze, 0.01);
  const high = Math.max(north - south, 0.01);
  const [midLat, midLon] = [(south + north) / 2, (west + east) / 2];
  return {
    shown, wide, high,
    x: (place) => (lon[place] - midLon) * squeeze, y: (place) => midLat - lat[place],
    kmPerUnit: 111.195,
  };
})();

/** Per place, the people leaving it (villages) or working at it (sites) on the day. */
function peopleOn(day) {
  const people = new Map();
  const add = (place, n) => people.set(place, (people.get(place) ?? 0) + n);
  data.orders.forEach((o) => { if (o.filled[day]) { add(o.site, o.filled[day]); } });
  data.crews.from.forEach((from, crew) => {
    if (from <= day && day <= data.crews.to[crew]) {
      membersOf(crew).forEach(({ worker, days }) => { if (days.has(day)) { add(data.workers.village[worker], 1); } });
    }
  });
  return people;
}

function renderMap() {
  if (projected === null) {
    fill("map-controls");
    fill("map-legend");
    fill("map-chart", el("p", { class: "empty" }, t("noMap")));
    renderTrips(MAP.day);
    return;
  }
  const slider = el("input", { type: "range", min: 0, max: data.dayCount - 1, value: MAP.day, "aria-label": t("day"), "aria-valuetext": longDay(MAP.day) });
  const label = el("output", { class: "figures" }, longDay(MAP.day));
  const redraw = settled(() => { drawMap(); renderTrips(MAP.day); }, 60);
  function go(day) {
    MAP.day = Math.max(0, Math.min(data.dayCount - 1, day));
    MAP.chosen = null;
    slider.value = MAP.day;
    slider.setAttribute("aria-valuetext", longDay(MAP.day));
    label.textContent = longDay(MAP.day);
    redraw();
  }
  slider.addEventListener("input", () => go(Number(slider.value)));
  const zoom = (factor) => () => {
    MAP.zoom = Math.max(1, Math.min(24, MAP.zoom * factor));
    drawMap();
  };
  const button = (glyph, key, onclick) => el("button", { type: "button", class: "square", "aria-label": t(key), title: t(key), onclick }, glyph);
  fill("map-controls",
    button("‹", "previousDay", () => go(MAP.day - 1)), slider, button("›", "nextDay", () => go(MAP.day + 1)), label,
    el("span", { class: "push" }),
    button("+", "zoomIn", zoom(1.6)), button("−", "zoomOut", zoom(1 / 1.6)),
    button("⟲", "zoomReset", () => { Object.assign(MAP, { zoom: 1, cx: 0.5, cy: 0.5 }); drawMap(); }));
  fill("map-legend",
    swatch(MAP_COLOURS.village, t("legendVillage"), "round"), swatch(MAP_COLOURS.site, t("legendSite")),
    data.places.kind.includes(4) ? swatch(MAP_COLOURS.depot, t("legendDepot"), "diamond") : null,
    swatch(MAP_COLOURS.trip, t("legendTrip"), "flat"), swatch(MAP_COLOURS.chosen, t("legendChosen"), "flat"));
  drawMap();
  renderTrips(MAP.day);
}

function drawMap() {
  const width = widthOf("map-chart");
  const height = Math.round(Math.max(300, Math.min(640, width * Math.min(0.8, projected.high / projected.wide + 0.08))));
  const margin = 34;
  const scale = Math.min((width - 2 * margin) / projected.wide, (height - 2 * margin) / projected.high) * MAP.zoom;
  const [middleX, middleY] = [(MAP.cx - 0.5) * projected.wide, (MAP.cy - 0.5) * projected.high];
  const x = (place) => width / 2 + (projected.x(place) - middleX) * scale;
  const y = (place) => height / 2 + (projected.y(place) - middleY) * scale;
  const on = new Set(projected.shown);
  const trips = tripsOf(MAP.day);
  const people = peopleOn(MAP.day);
  const riding = trips.reduce((sum, trip) => sum + trip.stops.reduce((n, s) => n + s.board, 0), 0);
  const working = data.orders.reduce((sum, o) => sum + o.filled[MAP.day], 0);
  const caption = t("mapDay", longDay(MAP.day), count(trips.length), count(new Set(trips.map((trip) => trip.vehicle)).size), count(riding), count(working));
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "map", role: "img", "aria-label": `${t("mapLabel")}. ${caption}` });

  const lines = svg("g", { fill: "none", "stroke-linejoin": "round", "stroke-linecap": "round" });
  let chosen = null;
  for (const trip of trips) {
    const points = trip.stops.filter((s) => on.has(s.place)).map((s) => `${x(s.place).toFixed(1)},${y(s.place).toFixed(1)}`).join(" ");
    if (trip.id === MAP.chosen) {
      chosen = [trip, points];
    }
    const line = svg("polyline", { points, stroke: MAP_COLOURS.trip, "stroke-width": (trips.length > 120 ? 0.6 + trip.most / 26 : 0.8 + trip.most / 14).toFixed(1), opacity: trips.length > 120 ? 0.32 : 0.5, class: "trip" });
    tipOn(line, () => tripLines(trip));
    line.addEventListener("click", () => chooseTrip(trip.id));
    lines.append(line);
  }
  const marks = svg("g");
  const labels = [];
  for (const place of projected.shown) {
    const kind = data.places.kind[place];
    const n = people.get(place) ?? 0;
    const [px, py] = [x(place), y(place)];
    if (px < -20 || py < -20 || px > width + 20 || py > height + 20) {
      continue;
    }
    let mark;
    if (kind === 3) {
      const r = 3.5 + Math.sqrt(n) * 0.55;
      mark = svg("rect", { x: px - r, y: py - r, width: 2 * r, height: 2 * r, rx: 1.5, fill: n ? MAP_COLOURS.site : "#ffffff", stroke: n ? "#ffffff" : MAP_COLOURS.site, "stroke-width": 1.2 });
      labels.push([place, px, py, r, 2e6 + n]);
    } else if (kind === 4) {
      mark = svg("path", { d: `M${px} ${py - 7}L${px + 7} ${py}L${px} ${py + 7}L${px - 7} ${py}Z`, fill: MAP_COLOURS.depot, stroke: "#ffffff", "stroke-width": 1.2 });
      labels.push([place, px, py, 7, 1e6]);
    } else {
      const r = kind === 2 ? 2.4 + Math.sqrt(n) * 0.6 : 2;
      mark = svg("circle", { cx: px, cy: py, r, fill: n ? MAP_COLOURS.village : "#ffffff", stroke: n ? "#ffffff" : MAP_COLOURS.village, "stroke-width": 1 });
      labels.push([place, px, py, r, n]);
    }
    tipOn(mark, () => [placeName(place), data.places.id[place], t(kind === 3 ? "peopleHere" : "peopleOut", count(n))]);
    marks.append(mark);
  }
  const front = svg("g", { fill: "none", "stroke-linejoin": "round" });
  if (chosen) {
    front.append(svg("polyline", { points: chosen[1], stroke: "#ffffff", "stroke-width": 6 }),
      svg("polyline", { points: chosen[1], stroke: MAP_COLOURS.chosen, "stroke-width": 3 }));
    const stops = new Set(chosen[0].stops.map((s) => s.place));
    labels.forEach((l) => { if (stops.has(l[0])) { l[4] += 1e9; } });
  }
  chart.append(lines, front, marks, placeLabels(labels, width, height), scaleBar(scale, height));
  dragging(chart, scale);
  fill("map-chart", el("p", { class: "figures" }, caption), chart);
}

/** Names that fit without covering one another, the busiest places first. */
function placeLabels(labels, width, height) {
  const taken = [];
  const group = svg("g", { class: "place-names" });
  labels.sort((a, b) => b[4] - a[4] || a[0] - b[0]);
  for (const [place, px, py, r] of labels) {
    const letters = [...placeName(place)].slice(0, 14);
    const name = letters.join("");
    const room = letters.reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 11.5 : 6.4), 0);
    const box = [px + r + 3, py - 7, px + r + 3 + room, py + 7];
    if (box[2] > width || box[1] < 0 || box[3] > height || taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) {
      continue;
    }
    taken.push(box);
    group.append(text(box[0], py + 4, name, {}));
    if (taken.length >= 160) {
      break;
    }
  }
  return group;
}

function scaleBar(scale, height) {
  const km = ticks(0, 110 * projected.kmPerUnit / scale, 2)[1] ?? 1;
  const length = km / projected.kmPerUnit * scale;
  return svg("g", { class: "scale" },
    svg("path", { d: `M12 ${height - 18}v6h${length}v-6`, fill: "none", stroke: COLOURS.soft }),
    text(12, height - 23, `${count(km)} km`, { class: "axis figures" }));
}

function dragging(chart, scale) {
  let from = null;
  chart.addEventListener("pointerdown", (e) => {
    if (MAP.zoom > 1) {
      from = [e.clientX, e.clientY];
    }
  });
  chart.addEventListener("pointerup", (e) => {
    if (from && Math.hypot(e.clientX - from[0], e.clientY - from[1]) > 5) {
      MAP.cx -= (e.clientX - from[0]) / scale / projected.wide;
      MAP.cy -= (e.clientY - from[1]) / scale / projected.high;
      drawMap();
    }
    from = null;
  });
}

function chooseTrip(id) {
  MAP.chosen = MAP.chosen === id ? null : id;
  hideTip();
  if (projected !== null) {
    drawMap();
    document.getElementById("map-chart").scrollIntoView({ block: "nearest" });
  }
}
