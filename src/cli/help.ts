// What `--help` prints: all a stranger needs to use the command line.

export const help = `Rewarm's lab without a browser: trains small decoders on one text, then on another, and measures
what they forget of the first and learn of the second.

USAGE
  npm run lab -- run EXPERIMENT [options]
  npm run lab -- figure NUMBER [options]
  npm run lab -- export DIR --arm ID --seed N --to DIR2 [--at init|base|final] [--audit]
  npm run lab -- sample DIR --arm ID --seed N [options]
  npm run lab -- bench [options]
  npm run lab -- --help

RUN     trains every arm of an experiment with every seed
  EXPERIMENT         weak (English literature, then English speeches), strong (literature, then German),
                     none (two parts of literature), or the path of an experiment file (.json)
                     The three presets have the arms floor, rewarm and rewarm-replay25.
  --scale NAME       size of a preset's model: XS, S, M or L (XS when left out)
  --seeds LIST       for example 1,2,3 (1 for a preset; what the file says for a file)
  --steps N          training steps of each stage, instead of the scale's or the file's own
  --out DIR          folder to write to (runs/<experiment> when left out)
  --engine NAME      auto, webgpu or reference (auto when left out). reference is plain JavaScript on one
                     core: it needs no graphics driver and is slow. auto uses it only where there is no
                     adapter and the model is no larger than XS.
  Writes
    DIR/results.json        the experiment, adapter, corpora, and the losses of every arm and seed
    DIR/checkpoints/        weights and optimizer state at the end of each stage
  and prints a table of the final losses. Run again with the same DIR, finished stages are read, not
  trained again. Ctrl-C stops and keeps the stages that are finished.

FIGURE  trains what a figure of the paper needs, and says which of the paper's claims hold here
  NUMBER             3 to 10: Figures 3 to 10 of Ibrahim et al. 2024; gupta-5: takeaway 5 of Gupta et al. 2023
                       3  length of the warmup          7  two sizes of model
                       4  height of the peak            8  the same data again
                       5  amount of replay              9  infinite schedules
                       6  against retraining           10  infinite schedules over three parts
  --shift LIST       parts of the figure to train: weak, strong, or both when left out (Figure 7: small, large)
  --scale NAME       size of the model: XS, S, M or L (XS when left out)
  --seeds LIST       for example 1,2,3 (1 when left out). With one seed nothing is decided; three or more decide.
  --budget X         share of the scale's steps, above 0, at most 1 (1 when left out)
  --arms LIST        only these arms, by the names in the table
  --out DIR          folder to write to (runs/figure-<number>-<scale> when left out)
  --checkpoints DIR  finished stages of all figures, found again by content (runs/checkpoints when left out):
                     after Figure 4, Figure 5 trains neither the base nor the run without replay nor the union
  --engine NAME      as for run
  Writes
    DIR/results.json        every evaluation of every arm and seed, by part
    DIR/verdicts.json       every claim with its margin, its verdict, effect, interval and number of seeds
    DIR/table.csv           final losses, forgetting, share removed and cost, here and in the paper
    DIR/figure.svg          the charts
    DIR/samples.txt         the same prompts continued by the base and by each arm of the first seed
  and prints the table and the verdicts.

EXPORT  writes one checkpoint of DIR for other programs
  --arm ID           which arm, as in the table
  --seed N           which seed
  --at PLACE         init: before the first step; base: after the arm's first stage; final: after its last
                     (final when left out)
  --to DIR2          folder to write to
  --audit            also what is needed to repeat the training with another program
  Writes
    DIR2/model.safetensors  weights with the names and layout of Hugging Face's GPTNeoXForCausalLM
    DIR2/config.json        its configuration
    DIR2/lab.json           where the weights come from: experiment, arm, seed, step, corpora, adapter
  and with --audit
    DIR2/init.safetensors   the weights before the first step
    DIR2/batches.bin        every training token from the first step to this checkpoint, in order:
                            bytes [steps, B, T+1]; inputs are the first T of a window, targets the last T
    DIR2/validation-d0.bin  the validation windows, bytes [n, T+1]
    DIR2/validation-d1.bin
    DIR2/audit.json         shapes, learning rate of every step, optimizer settings, losses as recorded

SAMPLE  continues a text with one checkpoint of DIR
  --arm, --seed, --at, --engine   as above
  --prompt TEXT      text to continue (a line break when left out)
  --length N         bytes to write (300 when left out)
  --temperature X    0 takes the likeliest byte each time (0.8 when left out)
  --sample-seed N    another number, another text (1 when left out)

BENCH   times a training step on this machine, whole and kernel by kernel (also: npm run bench, or #/bench of the page)
  --scale LIST       XS,S when left out; M takes minutes on a software adapter
  --runs LIST        runs in lockstep: 1,4,8 when left out
  --json             the same numbers as JSON on stdout
  First come the ceilings of the adapter, then shares of them: multiply-adds that read nothing, and a plain copy.
  Bytes count what a kernel must read and write once; caches make shares of the copy above 100 % possible.
  The last line, at scale S with one run: useful operations of the whole step, over the rate of the fastest product
  of the largest kind (in_proj), and that over the ceiling.
  Times are medians of five samples, with the least and the most. Close other programs first.
  --isa              times nothing, and shows what the compiler of AMD's graphics cards makes of every kernel:
                     registers, spills, occupancy, multiply-adds. Needs Linux, gcc and Mesa 25, but no card.
                     --scale is S when left out.
  --families LIST    cards to compile for: polaris10, vega10, navi21, navi31 (all but vega10 when left out)

EXAMPLES
  npm run lab -- run weak
  npm run lab -- run strong --scale S --seeds 1,2,3 --out runs/strong-S
  npm run lab -- figure 5 --shift weak --seeds 1,2,3
  npm run lab -- run weak --steps 20 --engine reference
  npm run lab -- export runs/weak-XS --arm rewarm --seed 1 --to exported --audit
  npm run lab -- sample runs/weak-XS --arm rewarm --seed 1 --prompt "My fellow citizens"
  npm run bench -- --scale S --runs 1,8 --json

EXIT CODES
  0 done   1 an arm failed, or a file or the machine did   2 the command or a file given to it is wrong
  130 stopped by Ctrl-C

Tables go to stdout; progress and remarks go to stderr. Lines of the graphics driver that begin with
"Warning: maxDynamic" are harmless.
`;
