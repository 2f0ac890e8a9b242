// About: what is scaled down, where the text comes from, what this machine can do, what is kept in this browser.

import { parameters } from '../experiment/cost';
import { scales } from '../experiment/scales';
import styles from './About.module.css';
import { Kept } from './about/Kept';
import { MachineReport } from './about/MachineReport';
import { Sources } from './about/Sources';
import { count, millions } from './format';

function ScaledDown() {
  return (
    <section>
      <h2>What is scaled down</h2>
      <p>
        Rewarm repeats experiments of Ibrahim, Thérien, Gupta and others,{' '}
        <cite>Simple and Scalable Strategies to Continually Pre-train Large Language Models</cite> (2024,{' '}
        <a href="https://arxiv.org/abs/2403.08763">arXiv 2403.08763</a>), with models small enough to train in this tab.
        The method is the same: a GPT-NeoX decoder, AdamW with a fresh state at each new dataset, linear warmup and
        cosine decay or an infinite schedule, and replay that leaves the total number of tokens as it is. Tokens are
        single bytes here, so losses are nats a byte and are lower than the paper's.
      </p>
      <div className={styles.wide}>
        <table>
          <thead>
            <tr>
              <th scope="col">size</th>
              <th scope="col">parameters</th>
              <th scope="col">layers</th>
              <th scope="col">width</th>
              <th scope="col">tokens a phase</th>
              <th scope="col">peak learning rate</th>
            </tr>
          </thead>
          <tbody>
            {Object.values(scales).map(({ name, model, steps, batch, peak }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{millions(parameters(model))}</td>
                <td>{model.layers}</td>
                <td>{model.width}</td>
                <td>{count(steps * batch * model.context)}</td>
                <td>{peak}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">the paper</th>
              <td>405 M</td>
              <td>24</td>
              <td>1024</td>
              <td>300 B</td>
              <td>0.0003</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p>Directions should match the paper; numbers will not.</p>
    </section>
  );
}

export function About() {
  return (
    <main className={styles.about}>
      <h1>About</h1>
      <ScaledDown />
      <MachineReport />
      <Kept />
      <Sources />
    </main>
  );
}
