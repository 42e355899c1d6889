"use strict";
// What is told of a city: its card, and what stands beside the pointer.
const card = (() => {
  const { data, words, element, make, button, number, filled, cite } = page;
  const box = element("card");
  const line = (text, parent, tag = "p") => make("bdi", text, make(tag, "", parent));
  const tied = (city) => filled(words.ties_of, { n: number(world.tiesOf[city].length), partners: number(world.partners[city]) });
  const people = (city) => {
    if (!data.people[city]) return line(words.no_people, box);
    line(filled(data.when[city] ? words.people : words.people_undated, { n: number(data.people[city]), when: data.when[city] }), box);
    const by = data.bundles[data.counted[city]];
    if (by?.length) cite(make("small", "", box), by);
  };
  const show = (city, choose) => {
    leave();
    const close = button("×", box, () => choose(null));
    close.className = "close";
    close.ariaLabel = words.close;
    make("bdi", data.names[city], make("h2", "", box));
    if (data.others[city]) line(data.others[city], box);
    if (data.aliases[city]) line(filled(words.also, { names: page.listed(data.aliases[city]) }), box);
    line([world.land(city)[0] || words.no_country, world.land(city)[1]].filter(Boolean).join(" · "), box);
    people(city);
    if (!data.map[city]) line(words.no_place, box);
    make("h3", tied(city), box);
    const collected = Number(data.collected[city]); // 1: sister cities, 2: memberships
    if (!(collected & 1)) line(words.not_collected, box);
    const list = make("ul", "", box, "ties");
    const ties = world.tiesOf[city].map((place) => world.ties[place]);
    ties.sort((a, b) => data.names[world.otherEnd(a, city)].localeCompare(data.names[world.otherEnd(b, city)], page.lang));
    const undated = ties.filter((tie) => !tie.since).length;
    if (undated) line(filled(words.undated, { n: number(undated), all: number(ties.length) }), box);
    box.append(list);
    for (const tie of ties) {
      const item = make("li", "", list);
      const other = world.otherEnd(tie, city);
      make("bdi", data.names[other], button("", item, () => choose(other, true)));
      const facts = [world.land(other)[0], tie.kind, tie.status || words[tie.line], tie.since && filled(words.since, { when: tie.since })];
      if (tie.voices > 1) facts.push(filled(words.voices, { n: number(tie.voices) }));
      make("bdi", facts.filter(Boolean).join(" · "), make("small", "", item));
      cite(make("small", "", item), tie.sources);
    }
    make("h3", words.bodies, box);
    if (!world.bodiesOf[city].length) line(words.no_bodies, box);
    else {
      const told = make("ul", "", box);
      for (const body of world.bodiesOf[city]) line(data.bodies[body][0], told, "li");
    }
    if (!(collected & 2)) line(words.bodies_not_collected, box);
    box.hidden = false;
    box.scrollTop = 0;
  };
  const beside = (city, x, y) => {
    leave();
    box.classList.add("pointed");
    make("bdi", data.names[city], make("h2", "", box));
    line([world.land(city)[0], tied(city)].filter(Boolean).join(" · "), box);
    box.hidden = false;
    const [width, height] = picture.size();
    box.style.left = Math.max(8, Math.min(x + 14, width - box.offsetWidth - 8)) + "px";
    box.style.top = Math.max(8, Math.min(y + 14, height - box.offsetHeight - 8)) + "px";
  };
  const leave = () => {
    box.hidden = true;
    box.classList.remove("pointed");
    box.style.left = box.style.top = "";
    box.replaceChildren();
  };
  return { show, beside, leave };
})();
