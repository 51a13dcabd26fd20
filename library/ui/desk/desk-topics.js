// Topics with script: words typed narrow the tree, and what is ticked there becomes a chip.
import { say } from "./desk-say.js";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const choice of document.querySelectorAll(".topic-choice")) {
  const search = choice.querySelector(".topic-search");
  const tree = choice.querySelector(".tree");
  const lines = [...tree.querySelectorAll("li")];
  const none = choice.querySelector(".none");
  const chips = choice.querySelector(".chips");
  search.hidden = false;

  const found = () => lines.filter((line) => line.isConnected && !line.hidden);
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    for (const line of lines) line.hidden = !words.every((word) => fold(line.dataset.words).includes(word));
    none.hidden = found().length > 0;
    tree.open = words.length > 0;
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      const [first] = found();
      if (search.value.trim() && first) take(first.querySelector("input"));
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      tree.open = true;
      found()[0]?.querySelector("input").focus();
    } else if (event.key === "Escape" && search.value) {
      search.value = "";
      search.dispatchEvent(new Event("input"));
    }
  });
  tree.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.type !== "checkbox") return;
    event.preventDefault();
    const shown = found();
    const next = shown[shown.indexOf(event.target.closest("li")) + step];
    (next?.querySelector("input") ?? search).focus();
  });
  tree.addEventListener("change", (event) => { if (event.target.checked) take(event.target); });

  function take(box) {
    const line = box.closest("li");
    const inTree = document.activeElement === box;
    const shown = found();
    const next = shown[shown.indexOf(line) + 1] ?? shown[shown.indexOf(line) - 1];
    const chip = Object.assign(document.createElement("label"), { className: "chip" });
    box.checked = true;
    chip.append(box, line.querySelector("bdi"));
    chips.append(chip);
    line.remove();
    say(chip.textContent);
    if (inTree) (next?.querySelector("input") ?? search).focus();
    else {
      search.value = "";
      search.dispatchEvent(new Event("input"));
      search.focus();
    }
    box.form?.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
