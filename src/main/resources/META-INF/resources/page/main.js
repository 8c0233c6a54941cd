/** Connects the parts of the page. */
import { call, inWords, Problem } from './api.js';
import { Destination } from './destination.js';
import { Details } from './details.js';
import { Form } from './form.js';
import { List } from './list.js';
import { confirmed, told } from './question.js';
import { nameOf } from './session.js';
import { signIn } from './sign-in.js';
import { Summary } from './summary.js';
import { partsOf, say } from './dom.js';

const byId = id => /** @type {any} */ (document.getElementById(id));
const listParts = partsOf(byId('list'));

const summary = Summary(listParts.summary, listParts.recommended);

const list = List(byId('list'), {
  add: () => form.add(),
  open: integration => details.open(integration),
  test: integration => {
    details.open(integration);
    details.testNow();
  },
  activate: integration => {
    details.open(integration);
    details.activate();
  },
  edit, deactivate, remove,
  changed: summary.load,
});

const destination = Destination(byId('destination'), byId('destination-dialog'), () => say(listParts.problem));

const details = Details(byId('details-sheet'), { changed: put, edit, deactivate, remove, closed: ({ id }) => list.focus(id) });

const form = Form(byId('form-sheet'), stored);

/** What changes an integration may change where recordings can go. */
function put(integration) {
  list.put(integration);
  destination.load();
}

function stored(integration, report, wasNew) {
  put(integration);
  const news = wasNew
    ? `${integration.name} has been added. ${report?.status === 'HEALTHY' ? 'Activate it to let SEA use it.' : 'You can activate it once its test passes.'}`
    : `${integration.name} has been saved.`;
  details.open(integration, { news, report });
}

async function edit(integration) {
  await attempt(async () => {
    details.close();
    await form.edit(integration);
  });
}

async function deactivate(integration) {
  const sure = await confirmed({
    title: `Deactivate ${integration.name}?`,
    text: 'SEA stops using it, and no longer tests it. You can activate it again at any time.',
    yes: 'Deactivate',
  });
  if (!sure) return;
  details.close();
  await attempt(async () => {
    const { body } = await call('POST', `/v1/integrations/${encodeURIComponent(integration.id)}/deactivate`);
    put(body);
    list.focus(body.id);
    say(listParts.status, `${body.name} is inactive.`);
  }, refusalFor(integration));
}

async function remove(integration) {
  const sure = await confirmed({
    title: `Delete ${integration.name}?`,
    text: `SEA deletes its settings${integration.access.method === 'ACCESS_CREDENTIAL' ? ' and its stored access key' : ''}. `
      + 'The objects in the bucket stay.',
    yes: 'Delete', danger: true, typeName: integration.name,
  });
  if (!sure) return;
  details.close();
  await attempt(async () => {
    await call('DELETE', `/v1/integrations/${encodeURIComponent(integration.id)}`);
    list.remove(integration.id);
    say(listParts.status, `${integration.name} has been deleted.`);
  }, refusalFor(integration));
}

function refusalFor(integration) {
  return problem => (problem instanceof Problem && problem.kind === 'in-use' ? destination.inUse(integration) : inWords(problem));
}

/**
 * Runs an action of the list, and shows a failure there.
 * @param {() => Promise<void>} action
 * @param {(problem: unknown) => string | Node} [words]
 */
async function attempt(action, words = inWords) {
  say(listParts.problem);
  try {
    await action();
  } catch (problem) {
    say(listParts.problem, words(problem));
    if (problem instanceof Problem && problem.status === 404) list.load();
  }
}

/** Nothing that only the user before may see or send stays. */
async function userChanged(now, before) {
  details.close();
  form.handOver(now.tenant === before.tenant);
  destination.close();
  list.load();
  summary.load();
  destination.load();
  attempt(async () => destination.configure((await call('GET', '/v1/settings')).body));
  await told('Your sign-in has changed', `You are now signed in as ${nameOf(now)}. What was under way was not sent, and a `
    + 'secret access key that was typed has been cleared.');
}

listParts.refresh.addEventListener('click', destination.load);

const signedIn = await signIn(byId('gate'), byId('sign-out'), userChanged);
if (signedIn) {
  byId('list').hidden = false;
  await attempt(async () => {
    const [settings] = await Promise.all([call('GET', '/v1/settings'), list.load(), summary.load(), destination.load()]);
    form.configure(settings.body);
    destination.configure(settings.body);
  });
}
