// Before the first paint, so that a remembered dark page never flashes white: so it is fetched before the page is drawn.
try {
  const theme = localStorage.getItem('rewarm.theme');
  if (theme === '"light"' || theme === '"dark"') document.documentElement.dataset.theme = JSON.parse(theme);
} catch {}
