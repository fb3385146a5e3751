// Copies what stands in a field. Without this, people mark and copy it themselves.

const button = document.getElementById("copy");
const field = document.getElementById(button.dataset.copies);

field.addEventListener("focus", () => field.select());
if (navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  });
}
