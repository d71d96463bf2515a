import { backendNames } from "./backend-names.js";
import { element } from "./element.js";
import { families, familyOf } from "./families.js";
import { isMinimizer, optimizerNames, usualRate } from "./optimizer-names.js";
import { regularizerNames } from "./regularizer-names.js";
import { boundaryNames, defaultSettings, type Settings } from "./settings.js";

/** The form of the page as settings. */
export interface SettingsForm {
  read(): Settings;
  write(settings: Settings): void;
}

/** Fills the form's lists, and keeps what does not apply out of reach. */
export function settingsForm(form: HTMLFormElement): SettingsForm {
  fillFamilies(element("family", HTMLSelectElement));
  fill("boundary", boundaryNames);
  fill("backend", backendNames);
  fill("optimizer", optimizerNames);
  fill("regularizer", regularizerNames);
  const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
  const read = (): Settings => {
    const values = Object.entries(defaultSettings).map(([name, like]) => {
      const { value } = control(name);
      if (typeof like === "boolean") return [name, (control(name) as HTMLInputElement).checked];
      return [name, typeof like === "number" ? Number(value) : value];
    });
    return Object.fromEntries(values) as Settings;
  };
  const write = (settings: Settings): void => {
    for (const [name, value] of Object.entries(settings)) {
      const at = control(name);
      if (typeof value === "boolean") (at as HTMLInputElement).checked = value;
      else {
        if (at instanceof HTMLSelectElement && ![...at.options].some((option) => option.value === String(value)))
          at.add(new Option(String(value)));
        at.value = String(value);
      }
    }
    showWhatApplies(form, settings);
  };
  form.addEventListener("change", ({ target }) => {
    const settings = read();
    if (target === control("optimizer")) control("learningRate").value = String(usualRate[settings.optimizer]);
    showWhatApplies(form, settings);
  });
  write(defaultSettings);
  return { read, write };
}

function showWhatApplies(form: HTMLFormElement, { data, family, backend, optimizer, regularizer }: Settings): void {
  const { widthIs, hasBoundary, hasChannels } = familyOf(family);
  const isWhole = isMinimizer(optimizer);
  const applies: Readonly<Record<string, boolean>> = {
    width: widthIs !== undefined,
    channels: hasChannels === true,
    boundary: hasBoundary === true,
    threads: backend === "wasm",
    learningRate: !isWhole,
    batchSize: !isWhole,
    lambda: regularizer !== "none",
  };
  for (const [name, isOn] of Object.entries(applies)) (form.elements.namedItem(name) as HTMLInputElement).disabled = !isOn;
  for (const part of form.querySelectorAll<HTMLElement>("[data-for]")) part.hidden = part.dataset["for"] !== data;
  element("width-label", HTMLLabelElement).textContent = capitalized(widthIs ?? "stencil width");
  form.querySelector("label[for=epochs]")!.textContent = isWhole ? "Iterations" : "Epochs";
}

function fill(id: string, names: Readonly<Record<string, string>>): void {
  element(id, HTMLSelectElement).append(...Object.entries(names).map(([value, name]) => new Option(name, value)));
}

function fillFamilies(select: HTMLSelectElement): void {
  const all = Object.entries(families);
  for (const group of new Set(all.map(([, family]) => family.group))) {
    const part = document.createElement("optgroup");
    part.label = group;
    part.append(...all.filter(([, family]) => family.group === group).map(([id, { name }]) => new Option(name, id)));
    select.append(part);
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
