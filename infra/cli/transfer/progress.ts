import { stderr } from 'node:process';
import { tell } from '../output.ts';

const barWidth = 30;
const everyMs = { terminal: 200, log: 5000 };

/**
 * Shows how far it is: a bar on a terminal, a line every five seconds elsewhere; on stderr.
 * @param state how much of the whole is done, from 0 to 1 where that is known, and a few words
 */
export const startProgress = (state: () => { part?: number; text: string }) => {
  const isTerminal = stderr.isTTY;
  const clear = () => isTerminal && stderr.write('\r\x1b[K');
  const show = () => {
    const { part, text } = state();
    const percent = part === undefined ? '' : `${Math.floor(part * 100)} %  `;
    const filled = Math.round((part ?? 0) * barWidth);
    const bar = part === undefined ? '' : `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} `;
    clear();
    stderr.write(isTerminal ? `${bar}${percent}${text}` : `${percent}${text}\n`);
  };
  const timer = setInterval(show, isTerminal ? everyMs.terminal : everyMs.log).unref();
  return {
    /** Writes a line that stays. */
    tell: (line: string): void => {
      clear();
      tell(line);
    },
    stop: (): void => {
      clearInterval(timer);
      clear();
    },
  };
};
