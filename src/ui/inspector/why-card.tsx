// Why something is as it is: a question, an answer, the rule with its source, and the causes behind it.
import type { Why, WhyLink, WhyRule } from '#scene';
import { select } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { withKeys } from '../shell/with-keys.ts';
import { nameOfId } from './use-selected.ts';
import { causesOf } from './why-words.ts';
import { Words } from './words.tsx';
import './why.css';

/**
 * The card.
 *
 * @param props - the answer
 * @returns question, sentence, rule and causes
 */
export function WhyCard({ why }: { why: Why }) {
  const { id, about, heading, sentence, aside, rule } = why;
  const causes = causesOf(why);
  return (
    <section className="in-why" aria-label="Why">
      <div className="wy-head">
        <h3 className="wy-question">{heading}</h3>
        {about !== undefined && about !== id && <AboutChip id={about} />}
      </div>
      <p>
        <Words text={sentence} />
        {aside !== undefined && <span className="dim"> ({aside})</span>}
      </p>
      {causes.length > 0 && <Causes id={id} links={causes} />}
      {rule && <RuleLine rule={rule} />}
    </section>
  );
}

/** The causes, nearest first. Each leads to its object, but for those that are shown already. */
function Causes({ id, links }: { id: string | undefined; links: readonly WhyLink[] }) {
  return (
    <ol className="wy-causes" aria-label="Causes, nearest first">
      {withKeys(links, (link) => `${link.id} ${link.sentence}`).map(({ key, item: link }) => (
        <li key={key}>
          {link.id === id ? (
            <span className="wy-cause">
              <Words text={link.sentence} />
            </span>
          ) : (
            <button
              type="button"
              className="wy-cause"
              title={[`Select ${nameOfId(link.id)}`, link.rule && `${link.rule.id} ${link.rule.title}`]
                .filter(Boolean)
                .join('\n')}
              onClick={() => select(link.id)}
            >
              <Words text={link.sentence} />
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

/**
 * A rule as it is cited, with its source.
 *
 * @param props - the rule
 * @returns id and title, and a link where there is a page about it
 */
export function RuleLine({ rule: { id, title, docs, upstream } }: { rule: WhyRule }) {
  return (
    <div className="in-rule">
      <span className="mono">{id}</span> {title}
      {(docs !== undefined || upstream !== undefined) && (
        <div className="in-links">
          {docs !== undefined && (
            <a href={docs} target="_blank" rel="noopener noreferrer">
              Kubernetes documentation
              <ActionIcon name="external" size={12} />
              <span className="visually-hidden"> (opens a new tab)</span>
            </a>
          )}
          {upstream !== undefined && (
            <span className="mono dim" title={`Kubernetes source: ${upstream}`}>
              {upstream.split(' ')[0]}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

/**
 * A button that selects an object.
 *
 * @param props - its fact id
 * @returns a chip with its name
 */
export function AboutChip({ id }: { id: string }) {
  return (
    <button type="button" className="in-chip wy-about" title={`Select ${id}`} onClick={() => select(id)}>
      {nameOfId(id)}
    </button>
  );
}
