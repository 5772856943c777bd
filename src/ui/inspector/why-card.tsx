// Why something is as it is: a question, an answer, the rule, the source.
import type { Thought } from '#scene';
import { ActionIcon } from '../icons/index.ts';
import { Words } from './words.tsx';

/**
 * The card.
 *
 * @param props - the question and the thought that answers it
 * @returns question, sentence, rule and links
 */
export function WhyCard({ question, thought }: { question: string; thought: Thought }) {
  const { sentence, aside, rule, title, docs, upstream } = thought;
  return (
    <section className="in-why" aria-label="Why">
      <h3>{question}</h3>
      <p>
        <Words text={asSentence(sentence)} />
        {aside !== undefined && <span className="dim"> ({aside})</span>}
      </p>
      <div className="in-rule">
        <span className="mono">{rule}</span> {title}
      </div>
      {(docs !== undefined || upstream !== undefined) && (
        <div className="in-links">
          {docs !== undefined && (
            <a href={docs} target="_blank" rel="noreferrer">
              Kubernetes documentation
              <ActionIcon name="external" size={12} />
            </a>
          )}
          {upstream !== undefined && (
            <span className="mono dim" title="Function in the Kubernetes source">
              {upstream}
            </span>
          )}
        </div>
      )}
    </section>
  );
}

/** Rules speak in the middle of a sentence; here one begins. Names keep their small letters. */
function asSentence(words: string): string {
  const isName = /^[a-z0-9.-]*[0-9-]/.test(words);
  const text = isName ? words : words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
