// The page of a work: a reference is copied as text.

function choose(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest(".stHtml button[data-copy]") : null;
  const copied = button && document.getElementById(button.dataset.copy);
  if (!copied) return;
  try {
    await navigator.clipboard.writeText(copied.textContent.trim());
    window.library.say(button.dataset.done ?? "");
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 2000);
  } catch {
    choose(copied); // no right to the clipboard: let it be copied by hand
  }
});
