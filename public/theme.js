// Before the first paint, so that a dark page, remembered or asked for, never flashes white (src/ui/screen.ts): so it is fetched
// before the page is drawn.
try {
  const asked = /[?&]theme=(\w+)/.exec(location.hash)?.[1];
  const alone = /[?&]ui=embed\b/.test(location.hash);
  const theme = asked ?? (alone ? null : JSON.parse(localStorage.getItem('rewarm.theme')));
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}
