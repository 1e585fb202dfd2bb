// What a reader would call broken, as a list of "check: where and what". `view` is {width, mobile, answers}: of these
// pairs of comments the second answers the first.
// Figures: WCAG 2.2 for contrast (1.4.3) and targets (2.5.8), web.dev/cls for the shift of a layout.
async view => {
  const faults = [];
  const report = (check, element, what) => faults.push(`${check}: ${name(element)} ${what}`);
  const name = element => {
    const id = element.id ? `#${element.id}` : "";
    const words = (element.textContent || element.alt || "").trim().replace(/\s+/g, " ").slice(0, 30);
    return `<${element.localName}${id} class="${element.getAttribute("class") || ""}"> "${words}"`;
  };
  const scrolls = element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const hidden = element => !element.checkVisibility() || element.closest(".skip") !== null;

  // Pictures
  for (const image of document.images)
    if (!image.complete || image.naturalWidth === 0) report("picture", image, image.getAttribute("src"));

  // Width
  const page = document.scrollingElement;
  if (page.scrollWidth > view.width) report("overflow", page, `${page.scrollWidth} of ${view.width}`);
  const inBox = element => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) if (scrolls(up)) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if ((box.right > view.width + 0.5 || box.left < -0.5) && !hidden(element) && !inBox(element))
      report("wide", element, `${box.left} to ${box.right}`);
  }

  // Text: every run of it once, by the element it stands in
  const colours = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = colour => {
    colours.clearRect(0, 0, 1, 1);
    colours.fillStyle = colour;
    colours.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = colours.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [...[0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])), 1];
  const behind = element => {
    const layers = [];
    for (let up = element; up; up = up.parentElement) {
      const colour = rgba(getComputedStyle(up).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, top) => over(top, below), canvas);
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const parents = new Set();
  while (walk.nextNode()) if (walk.currentNode.data.trim()) parents.add(walk.currentNode.parentElement);
  for (const element of parents) {
    if (hidden(element) || ["script", "style", "noscript"].includes(element.localName)) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const aside = element.closest("sup, sub, .pin, figcaption, .meta, .site-foot") !== null;
    if (view.mobile && size < (aside ? 12 : 16)) report("small", element, `${size}px`);
    const ground = behind(element);
    const seen = contrast(over(rgba(style.color), ground), ground);
    if (seen < 4.5) report("contrast", element, `${seen.toFixed(2)}: ${style.color} on ${ground}`);
  }

  // What a finger has to hit
  for (const link of document.querySelectorAll("nav a, .site-name a, summary")) {
    const {height} = link.getBoundingClientRect();
    if (height < 24) report("target", link, `${height}px high`);
  }

  // A line is no longer than the eye finds back from: the width of a paragraph in letters of its own
  for (const text of document.querySelectorAll(".text > p, .summary > p")) {
    const letter = document.createElement("span");
    letter.textContent = "abcdefghijklmnopqrstuvwxyz etaoin shrdlu etaoin shrdlu ";
    letter.style.cssText = "position: absolute; white-space: pre";
    text.append(letter);
    const letters = text.getBoundingClientRect().width / (letter.getBoundingClientRect().width / letter.textContent.length);
    letter.remove();
    if (letters > 90) report("measure", text, `${Math.round(letters)} letters`);
  }

  // Answers stand to the right of what they answer
  for (const [up, down] of view.answers) {
    const [one, other] = [up, down].map(id => document.getElementById(`comment-${id}`)?.querySelector("p"));
    if (!one || !other) { report("answer", document.body, `no comment ${up} or ${down}`); continue; }
    const step = other.getBoundingClientRect().left - one.getBoundingClientRect().left;
    if (step < 8) report("answer", other, `${step}px further in than ${up}`);
  }

  // A gallery stands in columns where there is room, and is never wider than its text
  for (const gallery of document.querySelectorAll("figure.gallery")) {
    const lefts = new Set([...gallery.querySelectorAll("img")].map(image => Math.round(image.getBoundingClientRect().left)));
    if (!view.mobile && lefts.size < 2) report("gallery", gallery, `${lefts.size} columns`);
  }

  // What moved while the page was drawn
  const shifts = await new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries())).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done([]), 30);
  });
  const moved = shifts.reduce((sum, shift) => sum + shift.value, 0);
  if (moved >= 0.1) report("shift", page, moved.toFixed(3));
  return faults;
}
