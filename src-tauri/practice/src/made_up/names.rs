//! The names the made-up people bear: surnames in about the order of the 2010 census, given names in about the order of
//! the Social Security lists of each decade. Our own selection, from common knowledge.

/// Surnames of the general population.
pub(super) const SURNAMES: &str = "
Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Thompson White
Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Nelson Baker Hall Campbell Mitchell
Carter Roberts Phillips Evans Turner Parker Collins Edwards Stewart Nguyen Morris Murphy Cook Rogers Morgan Peterson
Cooper Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray James Hughes Price Myers Long
Foster Sanders Ross Patel Powell Sullivan Russell Jenkins Perry Butler Barnes Fisher Henderson Coleman Simmons
Patterson Jordan Reynolds Hamilton Graham Kim Alexander Ryan Cole Wallace West Hayes Hunt Bryant Gibson Ellis Stevens
Ford Marshall Owens McDonald Harrison Kennedy Wells Woods Washington Tran Webb Freeman Tucker Burns Henry Crawford
Simpson Porter Hunter Gordon Shaw Snyder Mason Dixon Hicks Holmes Palmer Wagner Black Robertson Boyd Rose Stone Fox
Warren Mills Meyer Rice Schmidt Daniels Ferguson Nichols Stephens Weaver Gardner Payne Kelley Dunn Pierce Arnold
Spencer Hawkins Hansen Peters Hart Cunningham Knight Carroll Hudson Duncan Armstrong Berry Andrews Johnston Ray Lane
Riley Carpenter Perkins Willis Matthews Chapman Richards Elliott Lawson O'Brien Bradley Larson Lawrence Harper Burke
Carr Jacobs Greene Morrison Austin Bishop Lynch Franklin Watkins Howell Harvey Little Wheeler Carlson Day Gilbert Sims
Wong Singh Le Fields Walters Bryan Barnett Burton Hale Schultz Jensen Barrett Pham Oliver Newman Fuller Stanley
Hoffman Vaughn Bowman Hopkins Curtis Craig Keller Hanson Schneider Barker Bates Norris Fleming Wolfe Mann McCarthy
Fowler Frank O'Connor Cummings Erickson Yang Huang Christensen Becker Schwartz Lowe Zimmerman Steele Sharp McCoy Bush
Parsons Powers Strickland Cohen Simon Shelton Brewer Klein Higgins Lambert Doyle Flynn Francis McKinney Walsh Poole
Chandler Marsh Wolf O'Neal Nolan Bauer Logan Quinn Hogan Mueller Olsen Kowalski Novak D'Angelo Russo Romano Rossi
Esposito Gallo Levy Katz Friedman Goldberg Shapiro Petersen Sorensen Lindgren Okafor Mensah Desai Shah Gupta Sharma
Khan Ahmed Vang Xiong Bui Vu Van_Dyke Van_Buren De_Vries St._John McMahon MacDonald O'Donnell O'Reilly";

/// The beginnings and endings of rarer surnames, any of which may meet.
pub(super) const SURNAME_HEADS: &str = "
Ash Alder Bar Beck Birch Black Blan Bow Brad Bran Bright Brook Burn Cal Car Chad Clay Cliff Col Cope Craw Crom Dal Dar
Den East El Elm Fair Farn Glen Gran Green Had Hal Ham Hart Hay Haw Hol Hor Kel Ken Kings Lang Lin Lock Mar May Mead
Mil Nor North Oak Old Pem Pres Rad Red Ros Rus Sand Shel Sher Stan Stock Sut Thorn Tre Up Wal War Wes Whit Wil Win
Wood";

/// The endings.
pub(super) const SURNAME_TAILS: &str = "
bank bourne bridge brook burn bury by combe cott croft dale den don dorf er ett field ford gate ham hardt hart heim
holm house hurst ing ington kin land ley lock low man mann mark meier mere more ner ock ridge sen ski sley smith son
stead stein ster stone ston strom ten thorpe ton ville wald wall ward water way well wick win wood worth";

/// Surnames of families from Spanish-speaking countries.
pub(super) const SPANISH_SURNAMES: &str = "
García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Reyes Cruz
Morales Ortiz Gutiérrez Chávez Ramos Ruiz Álvarez Mendoza Vásquez Castillo Jiménez Moreno Romero Herrera Medina
Aguilar Garza Castro Vargas Fernández Guzmán Muñoz Méndez Salazar Soto Vázquez Delgado Peña Ríos Alvarado Sandoval
Contreras Valdez Guerrero Ortega Estrada Núñez Maldonado Vega Espinoza Juárez Rosales Cervantes Cortez Domínguez Mejía
De_La_Cruz De_León Acosta Padilla Luna Ayala Figueroa Molina Santiago Nava Cabrera Rojas Serrano Salinas Navarro Lara
Fuentes Campos Trejo Ibarra Zamora Villarreal Treviño Ochoa Cárdenas Robles Pacheco Macías Quintero Bautista Solís
Velasco Barrera Cano Montoya Zúñiga Carrillo Leal Del_Río Escobar Galván Orozco Rangel Saldívar Tapia Uribe Villanueva
Yáñez Llanes Ximénez";

/// Given names of women by decade of birth, from the 1930s and before to the 2020s.
pub(super) const WOMEN: [&str; 10] = [
    "Mary Betty Barbara Shirley Patricia Dorothy Joan Margaret Nancy Helen
Carol Joyce Doris Ruth Virginia Marilyn Elizabeth Jean Frances Beverly Lois Alice Donna Martha Dolores Janet Phyllis
Norma Evelyn Rose Gloria Mildred Florence Eleanor",
    "Mary Linda Barbara Patricia Carol Sandra Nancy Sharon Judith Susan
Betty Carolyn Margaret Shirley Judy Karen Donna Kathleen Joyce Dorothy Janet Diane Janice Joan Elizabeth Brenda Gloria
Virginia Marilyn Martha Beverly Helen Bonnie Ruth",
    "Mary Linda Patricia Susan Deborah Barbara Debra Karen Nancy Donna
Cynthia Sandra Pamela Sharon Kathleen Carol Diane Brenda Cheryl Janet Elizabeth Kathy Margaret Janice Carolyn Denise
Judy Rebecca Joyce Teresa Christine Catherine Peggy",
    "Lisa Mary Susan Karen Kimberly Patricia Linda Donna Michelle Cynthia
Sandra Deborah Tammy Pamela Lori Laura Elizabeth Julie Brenda Jennifer Barbara Angela Sharon Debra Teresa Nancy
Christine Cheryl Denise Kelly Tina Kathleen Amy Tracy",
    "Jennifer Amy Melissa Michelle Kimberly Lisa Angela Heather Stephanie
Nicole Jessica Elizabeth Rebecca Kelly Mary Christina Amanda Julie Sarah Laura Shannon Christine Tammy Tracy Karen
Dawn Susan Andrea Tina Patricia Cynthia April",
    "Jessica Jennifer Amanda Ashley Sarah Stephanie Melissa Nicole
Elizabeth Heather Tiffany Michelle Amber Megan Amy Rachel Kimberly Christina Lauren Crystal Brittany Rebecca Laura
Danielle Emily Samantha Angela Erin Kelly Sara Lisa Katherine",
    "Jessica Ashley Emily Sarah Samantha Amanda Brittany Elizabeth Taylor
Megan Hannah Kayla Lauren Stephanie Rachel Jennifer Nicole Alexis Victoria Amber Alyssa Courtney Rebecca Danielle
Jasmine Brianna Katherine Alexandra Madison Morgan",
    "Emily Madison Emma Olivia Hannah Abigail Isabella Samantha Elizabeth
Ashley Alexis Sarah Sophia Alyssa Grace Ava Taylor Brianna Lauren Chloe Natalie Kayla Jessica Anna Victoria Mia Hailey
Sydney Jasmine Julia Morgan Destiny Rachel Ella",
    "Emma Olivia Sophia Isabella Ava Mia Abigail Emily Charlotte Madison
Elizabeth Amelia Evelyn Ella Chloe Harper Avery Sofia Grace Addison Victoria Lily Natalie Aubrey Lillian Zoey Hannah
Layla Brooklyn Scarlett Zoe Camila Samantha Riley Leah",
    "Olivia Emma Charlotte Amelia Sophia Ava Isabella Mia Evelyn Luna
Harper Camila Sofia Scarlett Eleanor Gianna Elizabeth Mila Ella Emily Hazel Violet Aurora Nora Penelope Chloe Layla
Lily Avery Zoey Aria Ellie Grace Isla Ivy Nova Willow Zoë",
];

/// Given names of men by the same decades.
pub(super) const MEN: [&str; 10] = [
    "Robert James John William Richard Charles Donald George Thomas Joseph
David Edward Ronald Paul Kenneth Frank Raymond Jack Harold Billy Gerald Walter Jerry Joe Eugene Henry Carl Arthur
Ralph Albert Willie Larry Lawrence Roy Earl Fred",
    "James Robert John William Richard David Charles Thomas Michael Ronald
Larry Donald Joseph Gary George Kenneth Paul Edward Jerry Dennis Frank Daniel Raymond Roger Stephen Gerald Walter
Harold Steven Douglas Lawrence Terry Wayne Arthur Jack",
    "James Michael Robert John David William Richard Thomas Mark Charles
Steven Gary Joseph Donald Ronald Kenneth Paul Larry Daniel Stephen Dennis Timothy Edward Jeffrey George Gregory Kevin
Douglas Terry Anthony Jerry Bruce Randy Brian Frank Scott",
    "Michael David John James Robert Mark William Richard Thomas Jeffrey
Steven Joseph Timothy Kevin Scott Brian Charles Paul Daniel Christopher Kenneth Anthony Gregory Ronald Donald Gary
Stephen Eric Edward Douglas Todd Patrick George Keith Larry",
    "Michael Christopher Jason David James John Robert Brian William
Matthew Joseph Daniel Kevin Eric Jeffrey Richard Scott Mark Steven Thomas Timothy Anthony Charles Joshua Ryan Jeremy
Paul Andrew Gregory Chad Kenneth Jonathan Stephen Shawn Aaron",
    "Michael Christopher Matthew Joshua David James Daniel Robert John
Joseph Jason Justin Andrew Ryan William Brian Brandon Jonathan Nicholas Anthony Eric Adam Kevin Thomas Steven Timothy
Richard Jeremy Jeffrey Kyle Benjamin Aaron Charles Mark Jacob",
    "Michael Christopher Matthew Joshua Jacob Nicholas Andrew Daniel Tyler
Joseph Brandon David James Ryan John Zachary Justin William Anthony Robert Jonathan Austin Alexander Kyle Kevin Thomas
Cody Jordan Eric Benjamin Aaron Christian Samuel Dylan",
    "Jacob Michael Joshua Matthew Daniel Christopher Andrew Ethan Joseph
William Anthony David Alexander Nicholas Ryan Tyler James John Jonathan Noah Brandon Christian Dylan Samuel Benjamin
Zachary Nathan Logan Justin Gabriel Jose Austin Kevin Elijah",
    "Noah Liam Jacob William Mason Ethan Michael Alexander James Elijah
Benjamin Daniel Aiden Logan Jayden Matthew Lucas David Jackson Joseph Anthony Samuel Joshua Gabriel Andrew John
Christopher Oliver Dylan Carter Isaac Luke Henry Owen Ryan Nathan",
    "Liam Noah Oliver Elijah James William Henry Lucas Benjamin Theodore
Mateo Levi Sebastian Daniel Jack Michael Alexander Owen Asher Samuel Ethan Leo Jackson Mason Ezra John Hudson Luca
Aiden Joseph David Jacob Logan Luke Julian Gabriel Grayson",
];

/// Given names of women in Spanish-speaking families.
pub(super) const SPANISH_WOMEN: &str = "
María Ana Guadalupe Rosa Carmen Juana Margarita Isabel Sofía Camila Valentina Lucía Elena Gabriela Daniela Alejandra
Mónica Verónica Patricia Leticia Silvia Martha Teresa Beatriz Adriana Fernanda Ximena Mariana Natalia Carolina Claudia
Esperanza Dolores Concepción Josefina Luz Yolanda Inés Esther Rocío Araceli Graciela Norma Irma Blanca Raquel";

/// Given names of men in Spanish-speaking families.
pub(super) const SPANISH_MEN: &str = "
José Juan Luis Carlos Jesús Miguel Francisco Antonio Manuel Jorge Pedro Alejandro Ricardo Fernando Roberto Eduardo
Javier Rafael Daniel Sergio Mario Raúl Arturo Enrique Alberto Héctor Martín Ángel Diego Mateo Santiago Sebastián
Andrés Gabriel Víctor Óscar Rubén Ramón Guillermo Salvador Ignacio Joaquín Tomás Joel Saúl Gustavo Iván Julio César";

/// Names as a people writes them, each with the Latin form that stands on documents here: surnames, then given names of
/// women and men. Vietnamese is Latin with marks that documents here leave out.
pub(super) struct Script {
    /// The BCP 47 tag of the language.
    pub(super) language: &'static str,
    /// Surnames, as `own/Latin`.
    pub(super) surnames: &'static str,
    /// Given names of women.
    pub(super) women: &'static str,
    /// Given names of men.
    pub(super) men: &'static str,
}

/// The scripts that occur, each with the people who write their names in it.
pub(super) const SCRIPTS: [Script; 6] = [
    Script {
        language: "zh",
        surnames: "王/Wang 李/Li 张/Zhang 刘/Liu 陈/Chen 杨/Yang 黄/Huang 赵/Zhao 吴/Wu 周/Zhou 徐/Xu 孙/Sun 马/Ma 林/Lin 欧阳/Ouyang",
        women: "小红/Xiaohong 丽/Li 静/Jing 敏/Min 秀英/Xiuying 芳/Fang 婷/Ting 雪/Xue 玉兰/Yulan 佳怡/Jiayi",
        men: "伟/Wei 强/Qiang 磊/Lei 小明/Xiaoming 军/Jun 杰/Jie 建国/Jianguo 浩然/Haoran 志强/Zhiqiang 宇/Yu",
    },
    Script {
        language: "hi",
        surnames: "शर्मा/Sharma सिंह/Singh पटेल/Patel कुमार/Kumar गुप्ता/Gupta शाह/Shah रेड्डी/Reddy देसाई/Desai वर्मा/Verma मिश्रा/Mishra
जोशी/Joshi अग्रवाल/Agarwal",
        women: "प्रिया/Priya अंजलि/Anjali सुनीता/Sunita नेहा/Neha पूजा/Pooja दीपा/Deepa काव्या/Kavya मीरा/Meera लक्ष्मी/Lakshmi",
        men: "राज/Raj अमित/Amit संजय/Sanjay विजय/Vijay राहुल/Rahul अनिल/Anil अर्जुन/Arjun सुरेश/Suresh रोहन/Rohan",
    },
    Script {
        language: "vi",
        surnames: "Nguyễn/Nguyen Trần/Tran Lê/Le Phạm/Pham Huỳnh/Huynh Hoàng/Hoang Võ/Vo Vũ/Vu Đặng/Dang Bùi/Bui Đỗ/Do Ngô/Ngo",
        women: "Linh/Linh Hương/Huong Lan/Lan Thảo/Thao Ngọc/Ngoc Hạnh/Hanh Phượng/Phuong Tuyết/Tuyet Mỹ/My",
        men: "Minh/Minh Tuấn/Tuan Hùng/Hung Dũng/Dung Đức/Duc Quân/Quan Thành/Thanh Sơn/Son Bảo/Bao",
    },
    Script {
        language: "ko",
        surnames: "김/Kim 이/Lee 박/Park 최/Choi 정/Jung 강/Kang 조/Cho 윤/Yoon 장/Jang 임/Lim 한/Han 오/Oh 남궁/Namgung",
        women: "서연/Seoyeon 민지/Minji 지은/Jieun 영희/Younghee 수빈/Subin 하은/Haeun 정숙/Jungsook 미경/Mikyung",
        men: "민준/Minjun 서준/Seojun 영수/Youngsoo 지훈/Jihoon 현우/Hyunwoo 성민/Sungmin 동현/Donghyun 철수/Chulsoo",
    },
    Script {
        language: "ar",
        surnames: "حسن/Hassan علي/Ali أحمد/Ahmad إبراهيم/Ibrahim خليل/Khalil
منصور/Mansour حداد/Haddad سالم/Salem يوسف/Yousef ناصر/Nasser",
        women: "فاطمة/Fatima مريم/Maryam عائشة/Aisha ليلى/Layla زينب/Zainab نور/Nour سارة/Sara هدى/Huda",
        men: "محمد/Mohammed أحمد/Ahmed علي/Ali عمر/Omar خالد/Khaled يوسف/Youssef كريم/Karim طارق/Tariq",
    },
    Script {
        language: "ru",
        surnames: "Иванов/Ivanov Петров/Petrov Соколов/Sokolov Кузнецов/Kuznetsov
Попов/Popov Волков/Volkov Новиков/Novikov Шевченко/Shevchenko Бондаренко/Bondarenko Коваленко/Kovalenko",
        women: "Анна/Anna Ольга/Olga Елена/Elena Наталья/Natalia Татьяна/Tatiana
Ирина/Irina Светлана/Svetlana Мария/Maria",
        men: "Андрей/Andrey Сергей/Sergey Дмитрий/Dmitry Иван/Ivan Алексей/Alexey
Владимир/Vladimir Олег/Oleg Юрий/Yuri",
    },
];

/// What people are called by their friends, as `full/short`.
pub(super) const SHORT_FORMS: &str = "
Robert/Bob Robert/Rob William/Bill William/Will Richard/Rick James/Jim John/Jack Joseph/Joe Thomas/Tom Charles/Chuck
Michael/Mike Daniel/Dan David/Dave Edward/Ed Kenneth/Ken Steven/Steve Stephen/Steve Timothy/Tim Anthony/Tony
Andrew/Andy Matthew/Matt Christopher/Chris Nicholas/Nick Benjamin/Ben Samuel/Sam Alexander/Alex Jonathan/Jon
Joshua/Josh Zachary/Zach Margaret/Peggy Margaret/Maggie Elizabeth/Liz Elizabeth/Beth Katherine/Kate Catherine/Cathy
Patricia/Pat Deborah/Debbie Susan/Sue Barbara/Barb Jennifer/Jen Jessica/Jess Rebecca/Becky Samantha/Sam Amanda/Mandy
Victoria/Vicky Christina/Tina Kimberly/Kim Pamela/Pam Cynthia/Cindy Dorothy/Dot Virginia/Ginny Abigail/Abby
Isabella/Bella Stephanie/Steph Judith/Judy José/Pepe Francisco/Paco Jesús/Chuy Guadalupe/Lupe Antonio/Toño
Manuel/Manny Ignacio/Nacho Guillermo/Memo Alejandro/Alex Eduardo/Lalo Enrique/Kike Rafael/Rafa Roberto/Beto
Salvador/Chava Concepción/Concha Dolores/Lola Josefina/Pepa Isabel/Chabela Graciela/Chela Leticia/Lety Rosa/Rosita
Juan/Juanito Luis/Lucho";
