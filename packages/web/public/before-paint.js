// Runs before the first paint, so that a chosen theme or language does not flash. Kept apart because the page's policy allows no inline script.
try {
  const { theme, language } = JSON.parse(localStorage.getItem("cairn.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (language === "zh") document.documentElement.lang = "zh";
} catch {}
