// Starts the page: stores, the worker's client, React.

import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createChoicesStore } from '../store/choices';
import { createLab } from '../store/lab';
import { createRecipeStore } from '../store/recipe';
import { recalledChoices, recalledRecipe } from '../store/remembered';
import { createLabClient, startLabWorker } from '../worker/client';
import { App } from './App';
import { LabProvider } from './context';
import { choicesKept, remember } from './settings';

/** Not in every browser, so not in every list of what browsers have. */
const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
const device = { handheld: matchMedia('(pointer: coarse)').matches, gigabytes: deviceMemory ?? null };

const recipe = createRecipeStore(recalledRecipe(choicesKept.read('lab')));
const choices = createChoicesStore(recalledChoices(choicesKept.read('figures')));
remember(recipe, choices, choicesKept);
const site = new URL(import.meta.env.BASE_URL, document.baseURI).href;
const lab = createLab(createLabClient(startLabWorker, site, device), recipe, choices);
void lab.open();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <LabProvider value={lab}>
      <App />
    </LabProvider>
  </StrictMode>,
);
