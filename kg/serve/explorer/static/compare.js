// A choice shows its comparison at once; without this script the button does.

const form = document.getElementById("compare-form");
for (const field of form.querySelectorAll("select")) field.addEventListener("change", () => form.requestSubmit());
form.querySelector('input[name="indicator"]').addEventListener("change", () => {
  // Places that were picked belong to what was compared before.
  for (const box of form.querySelectorAll('input[name="place"]')) box.checked = false;
  form.requestSubmit();
});
document.documentElement.dataset.ready = "true";
