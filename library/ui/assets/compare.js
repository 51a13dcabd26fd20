// Works side by side: another language for one of them.

document.addEventListener("change", (event) => {
  const field = event.target instanceof Element ? event.target.closest("select[data-edition]") : null;
  if (!field) return;
  const { edition: work } = field.dataset;
  library.change((params) => {
    const others = params.getAll("edition").filter((one) => !one.startsWith(`${work}.`));
    params.delete("edition");
    for (const one of [...others, `${work}.${field.value}`]) params.append("edition", one);
  }, { replace: true, stay: true });
});
