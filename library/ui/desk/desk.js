// What every page of the desk does with script: menus close, the first error or message gets the focus. Nothing needs it.

for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// After a save that was not accepted: to the summary of what is wrong, whose links lead to the fields.
document.querySelector("[data-focus]")?.focus();

// The address no longer says what was done, so that a reload does not say it again.
const here = new URL(location.href);
if (here.searchParams.has("done")) {
  here.searchParams.delete("done");
  history.replaceState(history.state, "", here);
}

document.documentElement.dataset.desk = "ready";
