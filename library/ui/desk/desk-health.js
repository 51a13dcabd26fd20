// While the library is looked at, the page asks now and then how far it is; the link does the same without script.

const PAUSE = 1000; // milliseconds

async function ask() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return; // signed out, or the server is away: the page stays as it is, with its link
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-looking]");
  if (!now) return location.reload();
  document.querySelector("[data-looking]").replaceChildren(...now.childNodes);
  setTimeout(ask, PAUSE);
}

setTimeout(ask, PAUSE);
