// The pages in small, each drawn when it comes into view.

import { element, fill } from "./reader-hits.js";

const list = document.getElementById("thumb-list");
const WIDTH = 132; // CSS pixels

export class Thumbs {
  constructor(pdf, opened, go) {
    this.pdf = pdf;
    this.opened = opened;
    this.go = go;
    this.seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => this.draw(entry.target)));
    this.links = [];
    this.page = opened.page;
  }

  // Nothing is made before somebody looks.
  open() {
    if (this.links.length) return this.current(this.page);
    this.links = Array.from({ length: this.pdf.numPages }, (_, index) => this.made(index + 1));
    list.replaceChildren(...this.links.map((link) => {
      const item = element("li");
      item.append(link);
      return item;
    }));
    this.links.forEach((link) => this.seen.observe(link));
    this.current(this.page);
    this.mark();
  }

  made(number) {
    const link = element("a");
    link.href = this.opened.address(number);
    link.dataset.page = number;
    link.append(element("span", "leaf"), fill(this.opened.texts.page, { label: this.opened.labels[number - 1] ?? number }));
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.go(number);
      link.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
    });
    return link;
  }

  async draw(link) {
    this.seen.unobserve(link);
    const page = await this.pdf.getPage(Number(link.dataset.page));
    const whole = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: (WIDTH * Math.min(devicePixelRatio || 1, 2)) / whole.width });
    const canvas = element("canvas");
    Object.assign(canvas, { width: Math.round(viewport.width), height: Math.round(viewport.height) });
    const leaf = link.querySelector(".leaf");
    leaf.style.setProperty("--shape", `${whole.width} / ${whole.height}`);
    await page.render({ canvas, viewport }).promise;
    canvas.setAttribute("aria-hidden", "true");
    leaf.replaceChildren(canvas);
    link.dataset.drawn = "true";
  }

  current(number) {
    this.page = number;
    for (const link of this.links) {
      if (Number(link.dataset.page) === number) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (list.offsetParent) this.links[number - 1]?.scrollIntoView({ block: "nearest" });
  }

  mark(pages = this.marked) {
    this.marked = pages;
    for (const link of this.links) link.classList.toggle("has-hits", pages?.has(Number(link.dataset.page)) ?? false);
  }
}
