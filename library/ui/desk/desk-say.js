/** Say something to those who do not see it. */
export function say(words) {
  document.getElementById("said").textContent = words;
}
