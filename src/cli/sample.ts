// `sample`: continues a text with a saved checkpoint.

import { paperAdamW } from '../engine/optimizer';
import { withFreshOptimizer } from '../train/initialize';
import { sampleText } from '../train/sample';
import { writtenText } from '../train/samples';
import type { SampleCommand } from './commands';
import { type Console, exitCode } from './console';
import { openEngine } from './engines';
import { openCheckpoint } from './folder';

export async function sample(command: SampleCommand, { stdout, stderr, signal }: Console): Promise<number> {
  const { model, parameters } = await openCheckpoint(command);
  const engine = await openEngine(command.engine, model, (line) => stderr.write(`${line}\n`));
  try {
    const lockstep = await engine.open({ model, runs: 1, batch: 1, optimizer: paperAdamW });
    lockstep.write(0, withFreshOptimizer(parameters));
    const logits: typeof lockstep.logits = async (...wanted) => {
      // Ctrl-C is heard between turns of the event loop, and plain JavaScript leaves none between two bytes.
      await new Promise((turn) => setImmediate(turn));
      signal.throwIfAborted();
      return lockstep.logits(...wanted);
    };
    const prompt = new TextEncoder().encode(command.prompt);
    const options = { seed: command.sampleSeed, temperature: command.temperature };
    const written = await sampleText({ shape: lockstep.shape, logits }, 0, [prompt], command.length, options);
    stdout.write(`${command.prompt}${written.map(writtenText).join('')}\n`);
    return exitCode.done;
  } catch (error) {
    if (!signal.aborted) throw error;
    stderr.write('Stopped: nothing was written.\n');
    return exitCode.stopped;
  } finally {
    engine.destroy();
  }
}
