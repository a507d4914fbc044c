// A short list that customer service really uses, with words to find them by.
const groups = {
  '😀': 'smile grin 😀,laugh joy happy 😂,grin smile 😁,laugh sweat 😅,wink 😉,smile blush 😊,halo angel 😇,heart eyes love 😍,kiss 😘,tongue 😜,hug thanks 🤗,think hmm 🤔,salute yes 🫡,neutral 😐,roll eyes 🙄,sleep 😴,relief phew 😌,sad pensive 😔,worried 😟,cry tear 😢,sob cry 😭,angry 😠,shock surprised 😮,sweat 😰,scream fear 😱,sick ill 🤒,mask ill 😷,party celebrate 🥳,cool sunglasses 😎,star struck wow 🤩,melt 🫠,upside down 🙃,shrug 🤷,facepalm 🤦',
  '👍': 'thumbs up yes ok 👍,thumbs down no 👎,ok perfect 👌,clap bravo 👏,pray thanks please 🙏,wave hello bye 👋,raise hands 🙌,handshake deal 🤝,muscle strong 💪,fingers crossed luck 🤞,victory peace ✌️,point up ☝️,point right 👉,point left 👈,point down 👇,writing ✍️,eyes look 👀,person raising hand 🙋,person bowing sorry 🙇,heart hands 🫶',
  '❤️': 'red heart love ❤️,orange heart 🧡,yellow heart 💛,green heart 💚,blue heart 💙,purple heart 💜,black heart 🖤,white heart 🤍,broken heart 💔,sparkle ✨,star ⭐,fire hot 🔥,hundred 💯,party popper 🎉,confetti 🎊,balloon 🎈,gift present 🎁,trophy 🏆,crown 👑,rose flower 🌹,sun ☀️,rainbow 🌈,cloud rain 🌧️,snow ❄️,clover luck 🍀',
  '📦': 'package parcel order 📦,truck delivery 🚚,bag shopping 🛍️,cart 🛒,card payment 💳,money 💶,receipt 🧾,calendar date 📅,clock time 🕐,hourglass wait ⏳,phone call 📞,mobile 📱,mail letter ✉️,bell 🔔,pin location 📍,map 🗺️,house home 🏠,office 🏢,store shop 🏬,key 🔑,tool wrench 🔧,document 📄,paperclip 📎,camera photo 📷,link 🔗,lock 🔒,search 🔍,lightbulb idea 💡,memo note 📝,chart 📈',
  '✅': 'check done yes ✅,cross no ❌,warning ⚠️,question ❓,exclamation ❗,information ℹ️,stop 🛑,forbidden 🚫,new 🆕,free 🆓,sos 🆘,arrow right ➡️,arrow left ⬅️,arrow up ⬆️,arrow down ⬇️,repeat return 🔄,plus ➕,minus ➖,one 1️⃣,two 2️⃣,three 3️⃣,four 4️⃣,five 5️⃣,green circle 🟢,yellow circle 🟡,red circle 🔴',
  '☕': 'coffee ☕,tea 🍵,beer 🍺,wine 🍷,cheers 🥂,water 💧,bread 🍞,cake 🍰,birthday 🎂,cookie 🍪,chocolate 🍫,apple 🍎,banana 🍌,strawberry 🍓,pizza 🍕,burger 🍔,salad 🥗,sushi 🍣,ice cream 🍦,dog 🐶,cat 🐱,tree 🌳,boot shoe 🥾,sneaker shoe 👟,shirt 👕,dress 👗,car 🚗,bike 🚲,plane ✈️,train 🚆',
};

const all = Object.values(groups).flatMap(list => list.split(',').map(entry => {
  const space = entry.lastIndexOf(' ');
  return { words: entry.slice(0, space), sign: entry.slice(space + 1) };
}));

export function fillEmoji(panel, words, choose) {
  if (panel.firstChild) {
    return;
  }
  const search = document.createElement('input');
  search.type = 'search';
  search.placeholder = words.search;
  search.setAttribute('aria-label', words.search);
  const grid = document.createElement('div');
  grid.className = 'emoji-grid';
  const none = document.createElement('p');
  none.textContent = words.none;
  none.hidden = true;
  const buttons = all.map(({ words: name, sign }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = sign;
    button.title = name;
    button.setAttribute('aria-label', name);
    button.tabIndex = -1;
    grid.append(button);
    return { button, name };
  });
  const shown = () => buttons.filter(({ button }) => !button.hidden).map(({ button }) => button);
  const only = () => {
    const wanted = search.value.trim().toLowerCase();
    buttons.forEach(({ button, name }) => { button.hidden = !name.includes(wanted); });
    none.hidden = shown().length > 0;
    shown().forEach((button, at) => { button.tabIndex = at === 0 ? 0 : -1; });
  };

  search.addEventListener('input', only);
  search.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      shown()[0]?.focus();
    }
  });
  grid.addEventListener('keydown', event => {
    const list = shown();
    const at = list.indexOf(document.activeElement);
    const columns = Math.max(1, Math.floor(grid.clientWidth / list[0].offsetWidth));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      (to < 0 ? search : list[Math.min(to, list.length - 1)]).focus();
    }
  });
  grid.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button) {
      choose(button.textContent);
      panel.hidePopover();
    }
  });
  panel.append(search, grid, none);
  only();
}
