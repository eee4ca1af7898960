/* Redoc's look, in the colours of the console. It reckons with them, so they are values and no variables. */

const light = {
  ground: '#fff',
  sunk: '#f4f5fa',
  ink: '#191c28',
  faint: '#565c72',
  line: '#dfe2ec',
  accent: '#3d4ed8',
  good: '#146c3a',
  warm: '#7d4e00',
  danger: '#b3261e',
  code: '#8a1c4a',
  codeGround: '#f0f1f7',
};

const dark: typeof light = {
  ground: '#12141c',
  sunk: '#1b1e29',
  ink: '#e8eaf4',
  faint: '#a2a8c0',
  line: '#31364a',
  accent: '#96a3ff',
  good: '#7fdca4',
  warm: '#f2c572',
  danger: '#ff9b94',
  code: '#ffb3d1',
  codeGround: '#23283a',
};

const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const mono = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** A theme of Redoc 2 (`ThemeInterface` of its typings). */
export const lookOf = (isDark: boolean) => {
  const c = isDark ? dark : light;
  const answer = (color: string) => ({
    color,
    backgroundColor: c.sunk,
    // On the panel at the side, which is dark in both.
    tabTextColor: color === c.danger ? dark.danger : dark.good,
  });
  return {
    spacing: { sectionVertical: 24 },
    colors: {
      primary: { main: c.accent },
      success: { main: c.good },
      warning: { main: c.warm },
      error: { main: c.danger },
      gray: { 50: c.sunk, 100: c.sunk },
      text: { primary: c.ink, secondary: c.faint },
      border: { dark: c.line, light: c.line },
      responses: {
        success: answer(c.good),
        error: answer(c.danger),
        redirect: answer(c.warm),
        info: answer(c.accent),
      },
    },
    schema: { nestedBackground: c.sunk, linesColor: c.line, labelsTextSize: '0.9em' },
    typography: {
      fontSize: '15px',
      fontFamily: sans,
      headings: { fontFamily: sans, fontWeight: '650' },
      code: { fontFamily: mono, color: c.code, backgroundColor: c.codeGround, wrap: true },
      links: { color: c.accent, hover: c.accent },
    },
    sidebar: {
      backgroundColor: c.sunk,
      textColor: c.ink,
      activeTextColor: c.accent,
      groupItems: { textTransform: 'none', activeBackgroundColor: c.ground },
      level1Items: { activeBackgroundColor: c.ground },
    },
    rightPanel: {
      backgroundColor: isDark ? '#0c0e15' : '#1b1f2e',
      servers: {
        overlay: { backgroundColor: c.sunk, textColor: c.ink },
        url: { backgroundColor: c.ground },
      },
    },
    codeBlock: { backgroundColor: isDark ? '#161926' : '#10131f' },
    fab: { backgroundColor: c.accent, color: c.ground },
  };
};
