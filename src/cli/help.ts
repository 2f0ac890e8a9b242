// What the help says beside the flags: what things mean, what is written, examples, exit codes. Commander breaks the
// lines of a description; what follows the flags stands as it is written here, up to 80 columns wide.

export const notes = {
  program: `Rewarm's lab without a browser: trains small decoders on one text, then on another, and measures what they \
forget of the first and learn of the second.`,

  end: `
Each command has its own help, for example: npm run lab -- run --help

Examples:
  npm run lab -- run weak
  npm run lab -- run strong --scale S --seeds 1,2,3 --out runs/strong-S
  npm run lab -- run weak --steps 20 --engine reference
  npm run lab -- figure 5 --shift weak --seeds 1,2,3
  npm run lab -- show runs/figure-5-XS
  npm run -s lab -- link runs/figure-5-XS
  npm run lab -- neox strong --to neox --shape 405m
  npm run lab -- export runs/figure-5-XS --to files
  npm run lab -- export runs/weak-XS --arm rewarm --seed 1 --to model --audit
  npm run lab -- run strong --weights model/model.safetensors
  npm run lab -- sample runs/weak-XS --arm rewarm --seed 1 --prompt "My friends"
  npm run -s bench -- --scale S --runs 1,8 --json > bench.json

Exit codes:
  0    done
  1    an arm failed, or a file or the machine did
  2    the command, or a file given to it, is wrong
  130  stopped by Ctrl-C; 143 by SIGTERM, 129 by SIGHUP

Tables and JSON go to stdout; progress and remarks go to stderr. npm begins
stdout with lines of its own; "npm run -s lab" leaves them out, for a file or
another program. What the graphics driver prints by itself is held back; with
REWARM_DRIVER_LINES=1 it is shown.`,

  experiment: `weak (English literature, then English speeches), strong (literature, then German), none (two parts of \
literature), the path of an experiment file (.json), or a link in quotes`,

  engine: `cpu trains on one core of the processor, with the same bits on every machine; reference is plain JavaScript, slow, \
which auto takes where there is no adapter and the model is no larger than XS; neither needs a graphics driver`,

  weights: `start from these weights instead of training the first stage: a model.safetensors as export writes it, with \
its config.json beside it; a preset takes their size`,

  isa: `time nothing, and show what the compiler of AMD's graphics cards makes of every kernel: registers, spills, \
occupancy, multiply-adds; --scale is then S when left out; needs Linux, gcc and Mesa 25, but no card`,

  run: `
The three presets have the arms floor, rewarm and rewarm-replay25.

Writes to the folder of --out:
  results.json  the experiment with what every stage has shown, and what made
                it; "show", and the page where it is dropped, read it back
  checkpoints/  weights and optimizer state at the end of each stage

Run again with the same folder, finished stages are read, not trained again.
Ctrl-C stops and keeps the stages that are finished. Where a checkpoint cannot
be written, training goes on without it, and the exit code is 1.`,

  figure: `
Figures of Ibrahim et al. 2024 (gupta-5 is takeaway 5 of Gupta et al. 2023):
  3  length of the warmup      7  two sizes of model
  4  height of the peak        8  the same data again
  5  amount of replay          9  infinite schedules
  6  against retraining       10  infinite schedules over three parts

Writes to the folder of --out:
  results.json   what every stage of every part has shown; "show", and the page
                 where it is dropped, read it back
  verdicts.json  every claim with its margin, its verdict, effect, interval and
                 number of seeds
  table.csv      final losses, forgetting, share removed and cost, here and in
                 the paper
  figure.svg     the charts
  metrics.csv    every recorded value, one a row, for pandas or R
  curves.csv     mean, deviation and seeds along the curves, for a spreadsheet
  metrics.jsonl  one object a step, for W&B, Trackio or MLflow: docs/trackers.md
  figure.tex     the charts for LaTeX, with pgfplots
  page.html      charts, table and verdicts as one page; dropped on the lab's
                 page, or given to "show", it opens as results do
  samples.txt    the same prompts continued by the base and by each arm of the
                 first seed
and prints the table and the verdicts. Parts, arms and seeds that are trained
later into the same folder add up.

What two figures share is trained once: after Figure 4, Figure 5 trains neither
the base nor the run without replay nor the union.`,

  anyPlace: `a preset, an experiment file, what run or figure wrote, what Export on the page wrote, or a link in quotes`,

  shape: `the experiment's own size, or a model of the paper with its batch: rates stay the same multiples of the peak, \
lengths the same fractions of the first stage`,

  neox: `
Writes to the folder of --to, and for a figure of several parts to a folder for
each in it:
  seed-1/*.yml  a configuration for each stage of each seed; what GPT-NeoX
                cannot express is said there, in its place
  run.sh        runs them in order, from GPT-NeoX's folder
  README.md     the order, the data they read, and how to prepare it`,

  export: `
Without --arm and --seed, writes results.json and all that follows from it to
the folder of --to: what figure writes there, but samples.txt.

With them, writes weights to the folder of --to:
  model.safetensors  weights with the names and layout of Hugging Face's
                     GPTNeoXForCausalLM
  config.json        its configuration
  lab.json           where the weights come from: experiment, arm, seed, step,
                     corpora, adapter
and with --audit
  init.safetensors   the weights before the first step
  batches.bin        every training token from the first step to this
                     checkpoint, in order: bytes [steps, B, T+1]; inputs are the
                     first T of a window, targets the last T
  validation-<corpus>.bin
                     the validation windows of a corpus, bytes [n, T+1]
  audit.json         shapes, learning rate of every step, optimizer settings,
                     losses as recorded`,

  bench: `
First come the ceilings of the adapter, then shares of them: multiply-adds that
read nothing, and a plain copy. Bytes count what a kernel must read and write
once; caches make shares of the copy above 100 % possible. The last line, at
scale S with one run: useful operations of the whole step, over the rate of the
fastest product of the largest kind (in_proj), and that over the ceiling. Times
are medians of five samples, with the least and the most. Close other programs
first.`,
};
