// Calendars of brokers, a page of rows at a time; the members of a crew; the days of a worker.
const CALENDAR = { page: 0, filter: "", worker: "", onlyLeading: false, crew: null };
const BROKER_PAGE = 20;
const HUES = ["#cfe3f3", "#fbe0bd", "#d5ead3", "#eadcf1", "#fdf1b3", "#d4ecec", "#f6d9d5", "#e4e4d0"];

const crewsByBroker = data.brokers.id.map(() => []);
data.crews.broker.forEach((broker, crew) => crewsByBroker[broker].push(crew));
crewsByBroker.forEach((crews) => crews.sort((a, b) => data.crews.from[a] - data.crews.from[b]));

/** The members of a crew with the set of season days each works. */
const unpackedCrews = new Map();
function membersOf(crew) {
  let members = unpackedCrews.get(crew);
  if (!members) {
    members = [];
    const packed = data.crews.members[crew];
    for (let at = 0; at < packed.length;) {
      const worker = packed[at++];
      let pieces = packed[at++];
      let day = data.crews.from[crew];
      const days = new Set();
      for (; pieces > 0; pieces--) {
        day += packed[at++];
        for (let run = packed[at++]; run > 0; run--) {
          days.add(day++);
        }
      }
      members.push({ worker, days });
    }
    if (unpackedCrews.size > 2000) {
      unpackedCrews.clear();
    }
    unpackedCrews.set(crew, members);
  }
  return members;
}

/** How many people a packed crew has, without unpacking it. */
function sizeOf(crew) {
  const packed = data.crews.members[crew];
  let n = 0;
  for (let at = 0; at < packed.length; at += 2 + 2 * packed[at + 1]) {
    n++;
  }
  return n;
}

let brokerWords = null;
function foundBrokers() {
  brokerWords ??= data.brokers.id.map((id, b) => {
    const orders = new Set(crewsByBroker[b].map((crew) => data.crews.order[crew]));
    return [id, data.brokers.name[b], ...[...orders].flatMap((o) => [data.orders[o].id, siteName(o)])].join("\n").toLowerCase();
  });
  const wanted = CALENDAR.filter.trim().toLowerCase();
  return data.brokers.id.map((_, b) => b).filter(
    (b) => (!CALENDAR.onlyLeading || crewsByBroker[b].length > 0) && (wanted === "" || brokerWords[b].includes(wanted)));
}

function renderCalendars() {
  const brokers = el("input", { type: "search", value: CALENDAR.filter, placeholder: t("brokerFilter"), "aria-label": t("brokerFilter") });
  brokers.addEventListener("input", settled(() => { CALENDAR.filter = brokers.value; CALENDAR.page = 0; drawCalendars(); }));
  const workers = el("input", { type: "search", value: CALENDAR.worker, placeholder: t("workerFilter"), "aria-label": t("workerFilter") });
  workers.addEventListener("input", settled(() => { CALENDAR.worker = workers.value; drawWorkers(); }));
  const leading = el("input", { type: "checkbox", checked: CALENDAR.onlyLeading });
  leading.addEventListener("change", () => { CALENDAR.onlyLeading = leading.checked; CALENDAR.page = 0; drawCalendars(); });
  fill("calendar-controls", brokers, workers, el("label", null, leading, " ", t("onlyLeading")),
    swatch("linear-gradient(#fff, #fff) content-box, #5b3fa0", t("legendLodging"), "framed"));
  drawWorkers();
  drawCalendars();
  drawCrew();
}

function drawCalendars() {
  const found = foundBrokers();
  const pages = Math.max(1, Math.ceil(found.length / BROKER_PAGE));
  CALENDAR.page = Math.min(CALENDAR.page, pages - 1);
  const from = CALENDAR.page * BROKER_PAGE;
  const shown = found.slice(from, from + BROKER_PAGE);
  const turn = (by) => () => { CALENDAR.page += by; drawCalendars(); };
  const pager = el("div", { class: "controls no-print" },
    el("button", { type: "button", class: "quiet", disabled: CALENDAR.page === 0, onclick: turn(-1) }, t("previous")),
    el("span", { class: "figures", "aria-live": "polite" }, t("brokersShown", count(found.length ? from + 1 : 0), count(from + shown.length), count(found.length))),
    el("button", { type: "button", class: "quiet", disabled: CALENDAR.page >= pages - 1, onclick: turn(1) }, t("next")));
  if (shown.length === 0) {
    fill("calendar-rows", pager, el("p", { class: "empty" }, t("nothing")));
    return;
  }
  const room = widthOf("calendar-rows");
  const labels = room < 620 ? 84 : 150;
  const cell = Math.max(5, Math.min(56, (room - labels - 2) / data.dayCount));
  const rowHeight = 30;
  const head = 22;
  const width = labels + cell * data.dayCount + 2;
  const height = head + shown.length * rowHeight;
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "calendar", role: "group", "aria-label": t("calendars") });
  for (let day = 0; day < data.dayCount && cell > 5; day++) {
    if (isWeekend(day)) {
      chart.append(svg("rect", { x: labels + day * cell, y: head, width: cell, height: height - head, fill: "#f3f2ee" }));
    }
  }
  for (const day of dayTicks(cell, 46)) {
    chart.append(text(labels + day * cell + 2, 13, shortDay(day), { class: "axis figures" }),
      svg("line", { x1: labels + day * cell, x2: labels + day * cell, y1: 4, y2: height, stroke: COLOURS.line }));
  }
  shown.forEach((broker, row) => {
    const y = head + row * rowHeight;
    const label = `${data.brokers.name[broker]} ${data.brokers.id[broker]}`;
    chart.append(svg("line", { x1: 0, x2: width, y1: y, y2: y, stroke: COLOURS.line }),
      tipOn(text(0, y + 20, cut(label, labels - 8), { class: "axis strong" }),
        () => [label, placeName(data.brokers.area[broker]), data.brokers.certified[broker] ? "" : t("uncertified")].filter(Boolean)));
    if (crewsByBroker[broker].length === 0) {
      chart.append(text(labels + 6, y + 20, data.brokers.certified[broker] ? t("noCrews") : t("uncertified"), { class: "axis faint" }));
    }
    for (const crew of crewsByBroker[broker]) {
      chart.append(crewBlock(crew, labels + data.crews.from[crew] * cell, y + 4, (data.crews.to[crew] - data.crews.from[crew] + 1) * cell - 1, rowHeight - 8));
    }
  });
  fill("calendar-rows", pager, el("div", { class: "scroll" }, chart),
    asTable(() => {
      const crews = shown.flatMap((b) => crewsByBroker[b]);
      return table([[t("broker")], [t("crew")], [t("order")], [t("site")], [t("from")], [t("to")], [t("mode")], [t("members"), true]], crews.length,
        (i) => [`${data.brokers.name[data.crews.broker[crews[i]]]} ${data.brokers.id[data.crews.broker[crews[i]]]}`,
          el("button", { type: "button", class: "link", onclick: () => chooseCrew(crews[i]) }, data.crews.id[crews[i]]),
          data.orders[data.crews.order[crews[i]]].id, siteName(data.crews.order[crews[i]]),
          longDay(data.crews.from[crews[i]]), longDay(data.crews.to[crews[i]]), t("mode_" + data.crews.lodge[crews[i]]), count(sizeOf(crews[i]))]);
    }));
}

function crewBlock(crew, x, y, width, height) {
  const order = data.crews.order[crew];
  const name = t("crewBlock", data.crews.id[crew], data.orders[order].id, siteName(order), iso(data.crews.from[crew]), iso(data.crews.to[crew]), count(sizeOf(crew)));
  const block = svg("g", { class: "block", tabindex: 0, role: "button", "aria-label": name },
    svg("rect", { x, y, width: Math.max(2, width), height, rx: 3, fill: HUES[order % HUES.length], stroke: data.crews.lodge[crew] ? "#5b3fa0" : "#8fa0a6", "stroke-width": data.crews.lodge[crew] ? 2 : 1 }),
    text(x + 4, y + height / 2 + 4, cut(`${data.orders[order].id} ${siteName(order)}`, width - 6), { class: "axis strong" }));
  block.addEventListener("click", () => chooseCrew(crew));
  block.addEventListener("keydown", (e) => {
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      chooseCrew(crew);
    }
  });
  return tipOn(block, () => [`${data.orders[order].id} · ${siteName(order)}`, `${t("crew")} ${data.crews.id[crew]} · ${t("mode_" + data.crews.lodge[crew])}`,
    `${iso(data.crews.from[crew])} – ${iso(data.crews.to[crew])}`, `${t("members")}: ${count(sizeOf(crew))}`]);
}

/** As many letters as fit, judged by letter widths; measuring each would be slow. */
function cut(label, room) {
  let used = 0;
  let kept = "";
  let keptBeforeDots = "";
  for (const letter of label) {
    used += letter.charCodeAt(0) > 255 ? 12 : 7.3;
    if (used > room) {
      return keptBeforeDots === "" ? "" : keptBeforeDots + "…";
    }
    kept += letter;
    if (used <= room - 11) {
      keptBeforeDots = kept;
    }
  }
  return kept;
}

function chooseCrew(crew) {
  CALENDAR.crew = crew;
  hideTip();
  drawCrew();
  document.getElementById("calendar-crew").scrollIntoView({ block: "nearest" });
}

function drawCrew() {
  const crew = CALENDAR.crew;
  if (crew === null) {
    fill("calendar-crew");
    return;
  }
  const [from, to] = [data.crews.from[crew], data.crews.to[crew]];
  const days = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((day) => day >= 0 && day < data.dayCount);
  const members = membersOf(crew);
  const order = data.orders[data.crews.order[crew]];
  const marks = members.map((m) => days.map((day) => m.days.has(day)));
  fill("calendar-crew", el("div", { class: "panel" },
    el("h3", null, t("crewTitle", data.crews.id[crew]),
      el("button", { type: "button", class: "quiet push no-print", onclick: () => { CALENDAR.crew = null; drawCrew(); } }, t("close"))),
    el("p", null, [
      `${t("broker")} ${data.brokers.name[data.crews.broker[crew]]} ${data.brokers.id[data.crews.broker[crew]]}`,
      `${t("order")} ${order.id}`, placeName(order.site), order.employer, order.skill, `${money(order.wage)}`, t("mode_" + data.crews.lodge[crew]),
      `${iso(from)} – ${iso(to)}`].join(" · ")),
    table([[t("worker")], [t("name")], [t("village")], [t("days"), true], ...days.map((day) => [shortDay(day), false])], members.length,
      (i) => [data.workers.id[members[i].worker], data.workers.name[members[i].worker], placeName(data.workers.village[members[i].worker]),
        count(members[i].days.size), ...marks[i].map((works) => works ? el("span", { class: "mark", role: "img", "aria-label": t("works") }, "●") : "")],
      { page: 60, caption: t("crewTitle", data.crews.id[crew]), className: "grid" })));
}

let crewsByWorker = null;
function drawWorkers() {
  const wanted = CALENDAR.worker.trim().toLowerCase();
  if (wanted === "") {
    fill("calendar-workers");
    return;
  }
  if (crewsByWorker === null) {
    crewsByWorker = data.workers.id.map(() => []);
    data.crews.members.forEach((packed, crew) => {
      for (let at = 0; at < packed.length; at += 2 + 2 * packed[at + 1]) {
        crewsByWorker[packed[at]].push(crew);
      }
    });
  }
  const found = [];
  data.workers.id.forEach((id, w) => {
    if (id.toLowerCase().includes(wanted) || data.workers.name[w].toLowerCase().includes(wanted)) {
      found.push(w);
    }
  });
  fill("calendar-workers", el("div", { class: "panel" },
    el("p", { "aria-live": "polite" }, found.length ? t("workersFound", count(found.length)) : t("noWorkersFound")),
    found.length === 0 ? null : table([[t("worker")], [t("name")], [t("village")], [t("days"), true], [t("crews")]], found.length,
      (i) => [data.workers.id[found[i]], data.workers.name[found[i]], placeName(data.workers.village[found[i]]), count(data.workers.days[found[i]]),
        crewsByWorker[found[i]].length === 0 ? "–" : el("ul", { class: "plain" }, crewsByWorker[found[i]].map((crew) => {
          const worked = [...membersOf(crew).find((m) => m.worker === found[i]).days];
          return el("li", null,
            el("button", { type: "button", class: "link", onclick: () => chooseCrew(crew) }, data.crews.id[crew]),
            ` ${shortDay(worked[0])} – ${shortDay(worked[worked.length - 1])} · ${data.orders[data.crews.order[crew]].id} ${siteName(data.crews.order[crew])} · ${data.brokers.name[data.crews.broker[crew]]} · ${t("workedDays", worked.length)}`);
        }))], { page: 10, caption: t("workersFound", count(found.length)) })));
}
