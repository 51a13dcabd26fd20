// The places found: the list beside the document, the steps from one to the next, and looking for other words.

const PAUSE = 250; // milliseconds without a key before the library is asked

const list = document.getElementById("hit-list");
const count = document.getElementById("hit-count");
const steps = document.getElementById("hit-steps");
const place = document.getElementById("hit-place");
const box = document.getElementById("search");

export class Hits {
  constructor(opened, { show, changed, say }) {
    this.opened = opened;
    this.show = show; // brings a place on a page into view: (page, which of the page's places)
    this.changed = changed; // other words are marked from now on
    this.say = say;
    this.query = opened.query;
    this.asked = 0;
    this.take(opened.found);
    this.listen();
  }

  take(found) {
    this.found = found;
    this.pages = new Map(found.pages.map((page) => [page.number, page]));
    this.places = found.pages.flatMap((page) => Array.from({ length: page.count }, (_, which) => ({ page: page.number, which })));
    this.at = -1;
    this.left = false; // whether the reader has gone elsewhere since a place was shown
    this.tell();
  }

  forms(page) {
    return this.pages.get(page)?.forms ?? [];
  }

  tell() {
    const { texts } = this.opened;
    steps.hidden = !this.places.length;
    place.textContent = fill(texts.of, { place: this.at < 0 ? "–" : this.at + 1, count: this.places.length });
    const here = this.places[this.at];
    let current = null;
    for (const link of list.querySelectorAll("a.hit")) {
      link.removeAttribute("aria-current");
      if (here && Number(link.dataset.page) === here.page && Number(link.dataset.first) <= here.which) current = link;
    }
    current?.setAttribute("aria-current", "true");
    return current;
  }

  go(at) {
    if (!this.places.length) return;
    this.at = (at + this.places.length) % this.places.length;
    this.left = false;
    const { page, which } = this.places[this.at];
    this.tell()?.scrollIntoView({ block: "nearest" });
    this.show(page, which);
    const { texts } = this.opened;
    const label = fill(texts.page, { label: this.opened.labels[page - 1] ?? page });
    this.say(fill(texts.hit, { place: this.at + 1, count: this.places.length, page: label }));
  }

  // The next place after the one that was shown; from the page where the reader is when that is another.
  step(by, page) {
    if (this.at >= 0 && !(this.left && this.places[this.at].page !== page)) return this.go(this.at + by);
    const next = this.places.findIndex((one) => one.page >= page);
    if (by > 0) return this.go(next < 0 ? 0 : next);
    return this.go((next < 0 ? this.places.length : next) - 1);
  }

  goTo(page, which) {
    const at = this.places.findIndex((one) => one.page === page && one.which === which);
    if (at >= 0) this.go(at);
  }

  on(page) {
    return this.places.findIndex((one) => one.page === page);
  }

  listen() {
    list.addEventListener("click", (event) => {
      const link = event.target.closest("a.hit");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.goTo(Number(link.dataset.page), Number(link.dataset.first));
      link.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
    });
    let waiting = 0;
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.look(), PAUSE);
    });
    document.getElementById("search-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      if (box.value.trim() !== this.query) await this.look();
      this.step(1, this.opened.page);
    });
  }

  async look() {
    const query = box.value.trim();
    if (query === this.query) return;
    const number = ++this.asked;
    const late = () => number !== this.asked || query !== box.value.trim(); // other words were typed in the meantime
    const { texts, id, language, narrow, ui } = this.opened;
    const params = new URLSearchParams({ id, language, q: query });
    if (ui || document.documentElement.lang) params.set("ui", ui || document.documentElement.lang);
    narrow.forEach((topic) => params.append("narrow", topic));
    let found = { forms: [], pages: [], total: 0, said: texts.none };
    if (query) {
      try {
        const answer = await fetch(`occurrences?${params}`);
        if (!answer.ok) throw new Error(answer.status);
        found = await answer.json();
      } catch {
        if (late()) return;
        count.textContent = texts.unanswered;
        return this.say(texts.unanswered);
      }
    }
    if (late()) return;
    this.query = query;
    count.textContent = found.said;
    list.replaceChildren(...found.pages.map((page) => this.drawn(page)));
    this.take(found);
    this.say(found.said);
    this.changed();
  }

  drawn(page) {
    const item = element("li");
    const head = element("p", "hit-page", fill(this.opened.texts.page, { label: page.label }));
    if (page.count > 1) head.append(element("span", "hit-number", `${page.count} ×`));
    if (page.ocr) head.append(element("span", "hit-ocr", this.opened.texts.ocr));
    item.append(head, ...page.passages.map((passage) => {
      const link = element("a", "hit");
      Object.assign(link.dataset, { page: page.number, first: passage.first });
      link.href = this.opened.address(page.number);
      if (this.opened.language !== "und") link.lang = this.opened.language;
      link.dir = "auto";
      link.append(...pieces(passage));
      return link;
    }));
    return item;
  }
}

function pieces({ text, marks }) {
  const letters = Array.from(text); // marks count characters
  let from = 0;
  const parts = marks.flatMap(([start, end]) => {
    const before = letters.slice(from, start).join("");
    from = end;
    return [before, element("mark", "", letters.slice(start, end).join(""))];
  });
  return [...parts, letters.slice(from).join("")];
}

export function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text) made.textContent = text;
  return made;
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
