// Runs before the first paint, so that a chosen theme or language does not flash. Kept apart because the page's policy allows no inline script.
try {
  const { theme, language } = JSON.parse(localStorage.getItem("cairn.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (language === "zh") document.documentElement.lang = "zh";
} catch {}

// The page's policy forbids making code from text, even as a trial. Zod asks whether it may when a schema is made, which is
// while modules load, in whatever order the build has put them: so it is told here, where its settings will be.
globalThis.__zod_globalConfig = { jitless: true };
